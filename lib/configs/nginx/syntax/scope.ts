/** A block with the blocks around it, and what holds in it. Inheritance is nginx's: from outside to inside, by level. */
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

export interface Scope {
  /** `http`, `server`, `location` or `if`. */
  readonly block: Directive
  readonly parent?: Scope
}

const indexes = new WeakMap<Directive, ReadonlyMap<string, readonly Directive[]>>()

/** Blocks are asked for the same names again and again, and may be long. */
export function children(block: Directive, name: string): readonly Directive[] {
  let index = indexes.get(block)
  if (!index) {
    index = indexOf(block.block ?? [])
    indexes.set(block, index)
  }
  return index.get(name) ?? []
}

function indexOf(directives: readonly Directive[]): ReadonlyMap<string, readonly Directive[]> {
  const index = new Map<string, Directive[]>()
  for (const directive of directives) {
    const known = index.get(directive.name)
    if (known) known.push(directive)
    else index.set(directive.name, [directive])
  }
  return index
}

/** The directive that holds: that of the innermost level which has one. */
export function inherited(scope: Scope | undefined, name: string): Directive | undefined {
  for (let level = scope; level; level = level.parent) {
    const own = children(level.block, name).at(-1)
    if (own) return own
  }
  return undefined
}

/** Directives that come in lists, as `proxy_set_header` does: those of the innermost level which has any. */
export function inheritedList(scope: Scope | undefined, name: string): readonly Directive[] {
  return listLevel(scope, name)?.own ?? []
}

/** The level whose list holds, and the list. */
export function listLevel(
  scope: Scope | undefined,
  name: string,
): { scope: Scope; own: readonly Directive[] } | undefined {
  for (let level = scope; level; level = level.parent) {
    const own = children(level.block, name)
    if (own.length > 0) return { scope: level, own }
  }
  return undefined
}

/** What `if` takes from the location around it, and a location does not: where requests go. */
export function passDirective(scope: Scope, name: string): Directive | undefined {
  const own = children(scope.block, name)[0]
  if (own) return own
  return scope.block.name === 'if' && scope.parent ? passDirective(scope.parent, name) : undefined
}

/** The location, or the server, that a scope belongs to: `if` is none of its own. */
export function placeOf(scope: Scope): Directive {
  return scope.block.name === 'if' && scope.parent ? placeOf(scope.parent) : scope.block
}

export const nearest = (scope: Scope, name: string): Scope | undefined => {
  for (let level: Scope | undefined = scope; level; level = level.parent) {
    if (level.block.name === name) return level
  }
  return undefined
}
