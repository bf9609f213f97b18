/** Which locations look as if they were written for WebSockets. */
import { type LocationName, locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { compileRegex, type Patience } from '#lib/configs/nginx/syntax/regex.ts'
import { children, inheritedList, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

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

const known = new WeakMap<Directive, readonly MeantLocation[]>()

/** Proxied locations, each with its name. A server is asked for them once for each path. */
export function namedLocations(server: Scope): readonly MeantLocation[] {
  const found = known.get(server.block) ?? findNamed(server)
  known.set(server.block, found)
  return found
}

function findNamed(server: Scope): MeantLocation[] {
  return locationsIn(server)
    .filter(passes)
    .flatMap((scope) => {
      const name = locationName(scope.block.args)
      const explicit = children(scope.block, 'proxy_set_header').some(setsUpgrade)
      return name ? [{ scope, name, explicit }] : []
    })
}

/** Proxied locations that set Upgrade, or that are named like a WebSocket's path. */
export const meantLocations = (server: Scope): MeantLocation[] =>
  namedLocations(server).filter(({ name, explicit }) => {
    return explicit || (name.kind !== 'named' && looksLikeWebSocket(name.text))
  })

/** Proxied locations that inherit Upgrade: meant for WebSockets where no other is. */
export const inheritingLocations = (server: Scope): MeantLocation[] =>
  namedLocations(server).filter(({ scope }) => inheritedList(scope, 'proxy_set_header').some(setsUpgrade))

/** Where a server passes requests to: the first backend in it, or one to be replaced. */
export const backendOf = (server: Scope): string => {
  const first = namedLocations(server).find(({ scope }) => children(scope.block, 'proxy_pass').length > 0)
  return (first && children(first.scope.block, 'proxy_pass')[0]?.args[0]) ?? 'http://YOUR_BACKEND'
}

/** Whether a location could take a URI, were there no other. The root location is written for no path in particular. */
export function couldTake(name: LocationName, uri: string, patience: Patience): boolean {
  switch (name.kind) {
    case 'exact':
      return name.text === uri
    case 'prefix':
    case 'final-prefix':
      return name.text !== '/' && uri.startsWith(name.text)
    case 'regex': {
      const regex = compileRegex(name.text, name.ignoreCase, patience)
      const match = regex.status === 'ready' ? regex.match(uri, patience) : 'untried'
      return match !== undefined && match !== 'untried'
    }
    case 'named':
      return false
  }
}
