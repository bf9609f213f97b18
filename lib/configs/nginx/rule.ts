/** What a lint rule is, and what it looks at. */
import type { Edit } from '#lib/configs/nginx/edits/edit.ts'
import type { Arrival, Effective } from '#lib/configs/nginx/routing/effective.ts'
import type { HttpRequest } from '#lib/configs/nginx/routing/request.ts'
import type { Answer } from '#lib/configs/nginx/routing/route.ts'
import type { Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { type Code, joined } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { type Sentence, sentence, sentences } from '#lib/text/foreign.ts'

export type Severity = 'error' | 'warning' | 'info'

/** A place that WebSockets go through: a location with `proxy_pass`, or an `if` in it. */
export interface Site {
  /** Where its settings stand. */
  readonly scope: Scope
  /** Its location, or the server. */
  readonly place: Directive
  readonly pass: Directive
  readonly handshake: HttpRequest
  /** What a browser sends for a page of the same path. */
  readonly page: HttpRequest
  readonly effective: Effective
  /** The `upstream` block that it passes to, if there is one. */
  readonly upstream?: Directive
}

/** A path that was asked for, and what answers a handshake for it. */
export interface Route {
  /** As it was asked for. */
  readonly path: string
  /** The same as nginx compares it with locations: without a query, escapes and dots. */
  readonly uri: string
  readonly handshake: HttpRequest
  readonly server: Scope
  readonly answer: Answer
  readonly tls: boolean
  /** The location that was written for WebSockets on this path, where that is another than the one that answers. */
  readonly written?: Directive
  /** All servers, to see whether one of them is meant instead. */
  readonly servers: readonly Directive[]
  /** An expression on the way that could not be tried, and what in it stood in the way: the answer is a guess. */
  readonly untried?: { readonly by: Directive; readonly what: string }
  /** What nobody can read of the server, and may have a location of its own for the path. */
  readonly unless?: Directive
}

export interface Settings {
  /** Seconds between the application's heartbeats, where they are known. */
  readonly heartbeatSeconds?: number
  readonly nginxVersion?: string
  /** Of the address in the address bar, where it is known. */
  readonly port?: number
}

export type Found = Told & Change

interface Told {
  readonly severity: Severity
  /** Where it is another than the rule's. */
  readonly cause?: string
  readonly at: Pick<Directive, 'file' | 'line'>
  /** What happens to a WebSocket, in words for a developer. */
  readonly says: Sentence
}

/** The lines to write, and the same as changes to the text, which are absent where somebody has to decide. */
export type Change =
  | { readonly fix: Code<'nginx'>; readonly edits?: readonly Edit[] }
  | { readonly fix: Code<'js'>; readonly edits?: undefined }

export interface Rule {
  readonly id: string
  /** The cause in the playbook that this leads to. */
  readonly cause: string | null
  readonly site?: (site: Site, settings: Settings) => Found | undefined
  /** `site` looks at every other proxied location too: it is about what WebSockets do to pages. */
  readonly everywhere?: true
  readonly route?: (route: Route, settings: Settings) => Found | undefined
  /** `route` looks at those whose answer is a guess, and at no others. */
  readonly uncertain?: true
}

/** A rule's module exports one of these. */
export const defineRule = <const R extends Rule>(rule: R): R => rule

/** A location as the reader finds it in the file, for a sentence. */
export const describePlace = ({ name, args, implied }: Directive): string =>
  implied
    ? `the ${name}`
    : [name, ...args.map((arg) => (/[\s;{}"']/.test(arg) ? JSON.stringify(arg) : arg))].join(' ')

/** A directive as it would be written again, up to its semicolon or block. */
export const headOf = ({ name, args }: Directive): Code<'nginx'> =>
  joined([name, ...args].map(nginx.argument), ' ')

export const written = (directive: Directive): Code<'nginx'> => nginx`${headOf(directive)};`

/** Whether a header is known not to arrive, or would not but for lines that were left out. */
export const isMissed = ({ arrives, unless }: Arrival): boolean => arrives === false || unless !== undefined

/** A warning where what nobody can read may put it right. */
export function missed({ unless }: { readonly unless?: Directive }, found: Found): Found {
  if (!unless || found.severity === 'info') return found
  const says = sentence`Unless ${describeHidden(unless)} says otherwise:`
  return { ...found, severity: 'warning', says: sentences(says, found.says) }
}

/** An include without its file, or the lines that it stands for. */
export const describeHidden = (hidden: Directive): string =>
  hidden.leftOut ? `what was left out in line ${hidden.line}` : `${hidden.args[0]}, which is not there,`
