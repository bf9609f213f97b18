/** Whether a configuration treats requests differently by a variable. */
import { scriptsOf } from '#lib/configs/nginx/checks/scripts.ts'
import { variablesIn } from '#lib/configs/nginx/directives/variables.ts'
import { children, type Scope } from '#lib/configs/nginx/scope.ts'
import type { Directive } from '#lib/configs/nginx/tree.ts'

/** An `if` of these levels asks for the variable, itself or through maps and `set`. */
export function decidesBy(scope: Scope, variable: string): boolean {
  const sources = sourcesIn(scope)
  const asked: string[] = []
  for (let level: Scope | undefined = scope; level; level = level.parent) {
    asked.push(...children(level.block, 'if').flatMap(namesIn))
  }
  const seen = new Set<string>()
  for (let name = asked.pop(); name !== undefined; name = asked.pop()) {
    if (name === variable) return true
    if (seen.has(name)) continue
    seen.add(name)
    asked.push(...(sources.get(name) ?? []))
  }
  return false
}

const namesIn = (directive: Directive): string[] =>
  scriptsOf(directive)
    .flatMap(variablesIn)
    .map((name) => name.toLowerCase())

/** What each variable is made of that a `map` or a `set` defines. */
function sourcesIn(scope: Scope): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, string[]>()
  const add = (defined: string | undefined, directive: Directive) => {
    const name = (defined ?? '').replace(/^\$/, '').toLowerCase()
    const known = sources.get(name) ?? []
    known.push(...namesIn(directive))
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
