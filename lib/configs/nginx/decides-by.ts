/** Whether a configuration treats requests differently by a variable. */
import { scriptsOf } from '#lib/configs/nginx/checks/scripts.ts'
import { variablesIn } from '#lib/configs/nginx/directives/variables.ts'
import { children, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

/** An `if` of these levels asks for the variable, itself or through maps and `set`. */
export function decidesBy(scope: Scope, variable: string): boolean {
  const sources = sourcesIn(scope)
  const asked = new Set<string>()
  for (let level: Scope | undefined = scope; level; level = level.parent) {
    for (const condition of children(level.block, 'if')) {
      for (const name of namesIn(condition)) asked.add(name)
    }
  }
  // A set is walked to its end, and what is added on the way comes too.
  for (const name of asked) for (const source of sources.get(name) ?? []) asked.add(source)
  return asked.has(variable)
}

const namesIn = (directive: Directive): string[] =>
  scriptsOf(directive)
    .flatMap(variablesIn)
    .map((name) => name.toLowerCase())

/** What each variable is made of that a `map` or a `set` defines. */
function sourcesIn(scope: Scope): ReadonlyMap<string, ReadonlySet<string>> {
  const sources = new Map<string, Set<string>>()
  const add = (defined: string | undefined, directive: Directive) => {
    const name = (defined ?? '').replace(/^\$/, '').toLowerCase()
    const known = sources.get(name) ?? new Set()
    for (const source of namesIn(directive)) known.add(source)
    sources.set(name, known)
  }
  for (let level: Scope | undefined = scope; level; level = level.parent) {
    for (const map of children(level.block, 'map')) add(map.args[1], map)
    for (const set of children(level.block, 'set')) add(set.args[0], set)
    for (const inner of children(level.block, 'if')) {
      // What is set under a condition depends on it.
      for (const set of children(inner, 'set')) {
        add(set.args[0], set)
        add(set.args[0], inner)
      }
    }
  }
  return sources
}
