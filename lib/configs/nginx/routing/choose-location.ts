/** Which location of a server takes a URI (`ngx_http_core_find_location`). */

import { matchRegex } from '#lib/configs/nginx/routing/evaluate.ts'
import type { HttpRequest } from '#lib/configs/nginx/routing/request.ts'
import { type LocationName, locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { children, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

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

interface Candidate {
  readonly name: LocationName
  readonly block: Directive
}

const known = new WeakMap<Directive, readonly Candidate[]>()

/** The locations of a block, which is searched once for each path that is asked for. */
function candidates(block: Directive): readonly Candidate[] {
  const found =
    known.get(block) ??
    children(block, 'location').flatMap((location) => {
      const name = locationName(location.args)
      return name ? [{ name, block: location }] : []
    })
  known.set(block, found)
  return found
}

function search(outer: Scope, request: HttpRequest): Search {
  const { uri } = request
  const locations = candidates(outer.block)
  const scopeOf = ({ block }: Candidate): Scope => ({ block, parent: outer })
  let best: Candidate | undefined
  let slashed: Candidate | undefined
  for (const location of locations) {
    const { kind, text } = location.name
    if (kind === 'exact' && text === uri) return { found: { scope: scopeOf(location) }, final: true }
    if (kind === 'prefix' || kind === 'final-prefix') {
      if (uri.startsWith(text) && text.length >= (best?.name.text.length ?? 0)) best = location
    }
    if (kind !== 'regex' && text === `${uri}/` && passesOn(location.block)) slashed = location
  }
  if (slashed && best?.name.text !== uri) {
    return { found: { scope: scopeOf(slashed), addsSlash: true }, final: true }
  }
  let inner: Search = { final: false }
  if (best) {
    inner = search(scopeOf(best), request)
    if (inner.final) return inner
    if (best.name.kind === 'final-prefix')
      return { found: inner.found ?? { scope: scopeOf(best) }, final: false }
  }
  for (const location of locations) {
    const { name } = location
    if (name.kind !== 'regex' || !matchRegex(name.text, name.ignoreCase, uri, request, location.block))
      continue
    const scope = scopeOf(location)
    return { found: search(scope, request).found ?? { scope }, final: true }
  }
  const found = inner.found ?? (best && { scope: scopeOf(best) })
  return { ...(found && { found }), final: false }
}

const passesOn = (block: Directive): boolean => PASSES.some((name) => children(block, name).length > 0)
