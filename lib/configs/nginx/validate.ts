/** Finds the first thing that `nginx -t` would refuse, in the order in which nginx reads. */
import { checkDeclared } from '#lib/configs/nginx/checks/afterwards.ts'
import type { Declared, Place } from '#lib/configs/nginx/checks/check.ts'
import { mapEntry, passingChecks } from '#lib/configs/nginx/checks/passing.ts'
import { routingChecks } from '#lib/configs/nginx/checks/routing.ts'
import { checkScripts } from '#lib/configs/nginx/checks/scripts.ts'
import { checkValue, specIn } from '#lib/configs/nginx/checks/value.ts'
import { isForeign } from '#lib/configs/nginx/directives/foreign.ts'
import type { Context } from '#lib/configs/nginx/directives/signature.ts'
import { specsOf } from '#lib/configs/nginx/directives/table.ts'
import { ConfigError, withoutWords } from '#lib/configs/nginx/syntax/config-error.ts'
import { declaresNothing } from '#lib/configs/nginx/syntax/debian.ts'
import { isOpen, marksIn } from '#lib/configs/nginx/syntax/placeholders.ts'
import type { Directive, Tree } from '#lib/configs/nginx/syntax/tree.ts'

/** Context inside a block, by the block's name and the context that it stands in. */
const INSIDE: Readonly<Record<string, Partial<Record<Context, Context>>>> = {
  events: { main: 'events' },
  http: { main: 'http' },
  server: { http: 'server' },
  location: { server: 'location', location: 'location' },
  if: { server: 'server-if', location: 'location-if' },
  limit_except: { location: 'limit_except' },
  upstream: { http: 'upstream' },
}

/**
 * Undefined where nginx would accept the configuration, as far as this knows. What an `include` has brought may be
 * anything: of a file in which nothing is nginx's the error quotes nothing.
 */
export function validate(tree: Tree, version?: string): ConfigError | undefined {
  const refused = firstRefused(tree, version)
  if (refused?.file == null || hasDirectiveOf(refused.file, tree.directives)) return refused
  return withoutWords(refused)
}

function hasDirectiveOf(file: string, directives: readonly Directive[]): boolean {
  return directives.some(
    ({ name, file: its, block }) =>
      (its === file && (name === 'include' || specsOf(name) !== undefined || isForeign(name))) ||
      (block !== undefined && hasDirectiveOf(file, block)),
  )
}

function firstRefused(tree: Tree, version?: string): ConfigError | undefined {
  const complete =
    !tree.isPart && !tree.isConditional && tree.missing.every(({ name }) => declaresNothing(name))
  const walker = new Walker(complete, version, tree.isConditional)
  try {
    walker.block(tree.directives, 'main', [])
    if (tree.error) return tree.error
    if (!tree.directives.some(({ name }) => name === 'events')) {
      return walker.complete ? new ConfigError('no "events" section in configuration') : undefined
    }
    return undefined
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
}

class Walker {
  readonly complete: boolean
  readonly #version: string | undefined
  /** What a template chooses between may be said twice. */
  readonly #isConditional: boolean
  readonly #declared: Declared = {
    logFormats: new Set(['combined']),
    upstreams: new Set(),
    listenOptions: new Set(),
    defaultServers: new Set(),
  }

  constructor(complete: boolean, version: string | undefined, isConditional = false) {
    this.complete = complete
    this.#isConditional = isConditional
    this.#version = version
  }

  block(directives: readonly Directive[], context: Context, around: readonly Directive[]): void {
    const byName = new Map<string, Directive[]>()
    const firsts = new Map<string, Directive>()
    for (const directive of directives) {
      const earlier = (said: string) => {
        if (this.#isConditional) return undefined
        const first = firsts.get(said)
        if (!first) firsts.set(said, directive)
        return first
      }
      const before = byName.get(directive.name) ?? []
      // A balancing method before it decides what a server of an upstream may be.
      const seen = context === 'upstream' ? [...byName.values()].flatMap((each) => each.slice(0, 1)) : before
      this.#directive(directive, { context, around, before: this.#isConditional ? [] : seen, earlier })
      before.push(directive)
      byName.set(directive.name, before)
    }
  }

  #directive(directive: Directive, at: Pick<Place, 'context' | 'around' | 'before' | 'earlier'>): void {
    const { name, args, block } = directive
    const place: Place = {
      ...at,
      declared: this.#declared,
      version: this.#version,
      complete: this.complete,
    }
    if (name === 'include') {
      if (block) this.#refuse(directive, `directive "include" is not terminated by ";"`)
      if (args.length !== 1) this.#refuse(directive, 'invalid number of arguments in "include" directive')
      return
    }
    const open = isOpen(directive)
    if (open && marksIn(name).length > 0) return
    const spec = specIn(name, place.context, this.#version)
    if (!spec) {
      if (isForeign(name)) return
      const known = specsOf(name)?.some(({ since }) => since === undefined || this.#version === undefined)
      this.#refuse(
        directive,
        known ? `"${name}" directive is not allowed here` : `unknown directive "${name}"`,
      )
      return
    }
    if (block && spec.kind !== 'block')
      this.#refuse(directive, `directive "${name}" is not terminated by ";"`)
    if (!block && spec.kind === 'block') this.#refuse(directive, `directive "${name}" has no opening "{"`)
    // What is filled in may be several words, and anything.
    if (open) {
      if (block) this.#inside(directive, block, place)
      return
    }
    if (!spec.takes(args.length)) {
      this.#refuse(directive, `invalid number of arguments in "${name}" directive`)
    }
    for (const check of [checkValue(spec), routingChecks[name], passingChecks[name], checkScripts]) {
      const problem = check?.(directive, place)
      if (problem !== undefined) this.#refuse(directive, problem)
    }
    if (block) this.#inside(directive, block, place)
  }

  #inside(directive: Directive, block: readonly Directive[], { context, around }: Place): void {
    const inner = INSIDE[directive.name]?.[context]
    if (inner) this.block(block, inner, [...around, directive])
    if (directive.name === 'map') this.#entries(block)
    if (directive.closeLine === undefined) return
    if (inner === 'upstream' && !block.some(({ name }) => name === 'server')) {
      throw new ConfigError('no servers are inside upstream', directive.file, directive.closeLine)
    }
    if (inner === 'http' && !this.#isConditional) checkDeclared(directive, this.complete)
  }

  #entries(block: readonly Directive[]): void {
    const seen = new Map<string, Directive>()
    for (const entry of block) {
      const before = seen.get(entry.name.toLowerCase())
      const place: Place = {
        context: 'http',
        around: [],
        before: before ? [before] : [],
        earlier: () => undefined,
        declared: this.#declared,
        complete: this.complete,
      }
      const problem = mapEntry(entry, place)
      if (problem !== undefined) this.#refuse(entry, problem)
      seen.set(entry.name.toLowerCase(), entry)
    }
  }

  #refuse(directive: Directive, message: string): never {
    throw new ConfigError(message, directive.file, directive.endLine)
  }
}
