/** Which location of a server takes a URI (`ngx_http_core_find_location`). */

import { matchRegex } from '#lib/linters/nginx/evaluate.ts'
import { locationName } from '#lib/linters/nginx/location-name.ts'
import type { HttpRequest } from '#lib/linters/nginx/request.ts'
import { children, type Scope } from '#lib/linters/nginx/scope.ts'

const PASSES = ['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass']

export interface Found {
  readonly scope: Scope
  /** The URI lacks only the slash at the end, and nginx redirects to the URI with it. */
  readonly addsSlash?: true
}

interface Search {
  readonly found?: Found
  /** No regular expression of the levels outside is to be tried. */
  readonly final: boolean
}

/** The scope of the server itself where no location takes the URI. */
export function chooseLocation(server: Scope, request: HttpRequest): Found {
  return search(server, request).found ?? { scope: server }
}

/** The location with the name of `@`. */
export function namedLocation(server: Scope, name: string): Scope | undefined {
  const block = children(server.block, 'location').find(({ args }) => args.length === 1 && args[0] === name)
  return block ? { block, parent: server } : undefined
}

function search(outer: Scope, request: HttpRequest): Search {
  const locations = children(outer.block, 'location').flatMap((block) => {
    const name = locationName(block.args)
    return name ? [{ name, scope: { block, parent: outer } }] : []
  })
  const { uri } = request
  let best: (typeof locations)[number] | undefined
  let slashed: Scope | undefined
  for (const location of locations) {
    const { kind, text } = location.name
    if (kind === 'exact' && text === uri) return { found: { scope: location.scope }, final: true }
    if (kind === 'prefix' || kind === 'final-prefix') {
      if (uri.startsWith(text) && text.length >= (best?.name.text.length ?? 0)) best = location
    }
    if (kind !== 'regex' && kind !== 'named' && text === `${uri}/` && passesOn(location.scope)) {
      slashed = location.scope
    }
  }
  if (slashed && best?.name.text !== uri) return { found: { scope: slashed, addsSlash: true }, final: true }
  let inner: Search = { final: false }
  if (best) {
    inner = search(best.scope, request)
    if (inner.final) return inner
    if (best.name.kind === 'final-prefix')
      return { found: inner.found ?? { scope: best.scope }, final: false }
  }
  for (const { name, scope } of locations) {
    if (name.kind !== 'regex' || !matchRegex(name.text, name.ignoreCase, uri, request)) continue
    return { found: search(scope, request).found ?? { scope }, final: true }
  }
  const found = inner.found ?? (best && { scope: best.scope })
  return { ...(found && { found }), final: false }
}

const passesOn = (scope: Scope): boolean => PASSES.some((name) => children(scope.block, name).length > 0)
