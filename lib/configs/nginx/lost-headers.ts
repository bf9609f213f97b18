/** Headers that are set outside and dropped, because a level further in sets some of its own. */
import { children, listLevel, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

export interface LostHeaders {
  /** Lines from outside that no longer hold, innermost level first, one for each name. */
  readonly lost: readonly Directive[]
  /** The first header of the level that drops them. */
  readonly by: Directive
  /** The block that it stands in. */
  readonly level: Directive
}

const nameOf = ({ args }: Directive): string => args[0]?.toLowerCase() ?? ''

/**
 * nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header: "These directives are inherited from the previous
 * configuration level if and only if there are no proxy_set_header directives defined on the current level."
 */
export function lostHeaders(scope: Scope): LostHeaders | undefined {
  const level = listLevel(scope, 'proxy_set_header')
  const by = level?.own[0]
  if (!level || !by) return undefined
  const set = new Set(level.own.map(nameOf))
  const lost: Directive[] = []
  for (let outer = level.scope.parent; outer; outer = outer.parent) {
    for (const header of children(outer.block, 'proxy_set_header')) {
      if (set.has(nameOf(header))) continue
      set.add(nameOf(header))
      lost.push(header)
    }
  }
  return lost.length > 0 ? { lost, by, level: level.scope.block } : undefined
}

export const isLost = (scope: Scope, name: string): boolean =>
  lostHeaders(scope)?.lost.some((header) => nameOf(header) === name) === true
