/** Which locations look as if they were written for WebSockets. */
import { type LocationName, locationName } from '#lib/linters/nginx/location-name.ts'
import { compileRegex } from '#lib/linters/nginx/regex.ts'
import { children, inheritedList, type Scope } from '#lib/linters/nginx/scope.ts'
import type { Directive } from '#lib/linters/nginx/tree.ts'

const WORDS =
  /(?:^|[^a-z])(?:wss?|websockets?|web-?sockets?|sockets?|socket\\?\.io|sockjs|cable|live|realtime|real-time|hubs?|stomp|signalr|graphql-ws|subscriptions)(?:[^a-z]|$)/i

/** Whether a path, or the expression for one, is named like a WebSocket's. */
export const looksLikeWebSocket = (path: string): boolean => WORDS.test(path)

export interface MeantLocation {
  readonly scope: Scope
  readonly name: LocationName
  /** It sets `Upgrade` itself, and does not inherit it. */
  readonly explicit: boolean
}

/** Every location below a scope, the outer before the inner. */
export function locationsIn(outer: Scope): Scope[] {
  return children(outer.block, 'location').flatMap((block) => {
    const scope = { block, parent: outer }
    return [scope, ...locationsIn(scope)]
  })
}

const setsUpgrade = ({ args }: Directive): boolean => args[0]?.toLowerCase() === 'upgrade'

/** Its own `proxy_pass`, or that of an `if` in it. */
const passes = ({ block }: Scope): boolean =>
  children(block, 'proxy_pass').length > 0 ||
  children(block, 'if').some((inner) => children(inner, 'proxy_pass').length > 0)

export const proxiedLocations = (server: Scope): Scope[] => locationsIn(server).filter(passes)

const known = new WeakMap<Directive, readonly MeantLocation[]>()

/** Proxied locations that set Upgrade, or that are named like a WebSocket's path. */
export function meantLocations(server: Scope): readonly MeantLocation[] {
  const found = known.get(server.block) ?? findMeant(server)
  known.set(server.block, found)
  return found
}

function findMeant(server: Scope): MeantLocation[] {
  return proxiedLocations(server).flatMap((scope) => {
    const name = locationName(scope.block.args)
    if (!name) return []
    const explicit = children(scope.block, 'proxy_set_header').some(setsUpgrade)
    const named = name.kind !== 'named' && looksLikeWebSocket(name.text)
    return explicit || named ? [{ scope, name, explicit }] : []
  })
}

/** Proxied locations that inherit Upgrade: meant for WebSockets where no other is. */
export function inheritingLocations(server: Scope): MeantLocation[] {
  return proxiedLocations(server).flatMap((scope) => {
    const name = locationName(scope.block.args)
    const inherits = inheritedList(scope, 'proxy_set_header').some(setsUpgrade)
    return name && inherits ? [{ scope, name, explicit: false }] : []
  })
}

/** Whether a location could take a URI, were there no other. The root location is written for no path in particular. */
export function couldTake(name: LocationName, uri: string): boolean {
  switch (name.kind) {
    case 'exact':
      return name.text === uri
    case 'prefix':
    case 'final-prefix':
      return name.text !== '/' && uri.startsWith(name.text)
    case 'regex': {
      const regex = compileRegex(name.text, name.ignoreCase)
      return regex.status === 'ready' && regex.match(uri) !== undefined
    }
    case 'named':
      return false
  }
}
