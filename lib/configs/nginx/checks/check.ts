import type { Context } from '#lib/configs/nginx/directives/signature.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

/** What has been read so far, as far as later directives depend on it. */
export interface Declared {
  readonly logFormats: Set<string>
  /** Names of `upstream` blocks. */
  readonly upstreams: Set<string>
  /** `listen` addresses with options, and those with `default_server`. */
  readonly listenOptions: Set<string>
  readonly defaultServers: Set<string>
}

export interface Place {
  readonly context: Context
  /** Blocks around the directive, outermost first. */
  readonly around: readonly Directive[]
  /** Directives of the same name and block that stand before it; in an upstream the first of every name. */
  readonly before: readonly Directive[]
  /** The directive of the same block that said the same before, if any; else it is remembered that this one does. */
  readonly earlier: (said: string) => Directive | undefined
  readonly declared: Declared
  /** nginx's version where it is known. */
  readonly version?: string | undefined
  /** False where an included file is missing that may declare what is used here. */
  readonly complete: boolean
}

/** What nginx says against a directive, or nothing. */
export type Check = (directive: Directive, place: Place) => string | undefined
