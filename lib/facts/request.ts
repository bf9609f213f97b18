/** The handshake as it reached the backend: the one place where a proxy's changes show. */
import { headerValue } from '#lib/evidence/headers.ts'
import type { Evidence, HeaderList, ServerEvent } from '#lib/evidence/schema.ts'

export type RequestView = {
  at: number
  httpVersion: string | undefined
  path: string | undefined
  headers: HeaderList | undefined
  /** `Upgrade: websocket` arrived. */
  upgrade: boolean
  /** `Connection` names the token `upgrade`. */
  connection: boolean
  /** The value of Connection, for people. */
  connectionValue: string | undefined
  origin: string | undefined
  host: string | undefined
  /** Certainly the connection in question: a backend may also record a page's requests and health checks. */
  isHandshake: boolean
  /** A header that only a proxy adds: something stands in between. */
  viaProxy: boolean
}

const hasToken = (list: string | undefined, token: string): boolean =>
  (list ?? '').split(',').some((part) => part.trim().toLowerCase() === token)

const PROXY_HEADERS = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
  'via',
]

type Recorded = { at: number; event: ServerEvent | undefined; isHandshake: boolean }

/**
 * The request that was meant as the handshake: proxies that drop Upgrade leave Sec-WebSocket-Key as it is, and
 * those that change the path leave it too.
 */
function handshakeIn({ server = [], target }: Evidence): Recorded {
  const url = target?.url === undefined ? null : URL.parse(target.url, target.page_origin)
  const requests = server.flatMap((event, at) => {
    if (event.type !== 'request') return []
    const isKeyed = headerValue(event.headers, 'sec-websocket-key') !== undefined
    const isExact = url !== null && event.path === url.pathname + url.search
    const isNear = url !== null && event.path?.split('?', 1)[0] === url.pathname
    const weight = (isKeyed ? 4 : 0) + (isExact ? 2 : 0) + (isNear ? 1 : 0)
    return [{ at, event, isHandshake: isKeyed || isNear, weight }]
  })
  const best = requests.reduce<(typeof requests)[number] | undefined>(
    (a, b) => (a && a.weight >= b.weight ? a : b),
    undefined,
  )
  return best ?? { at: -1, event: undefined, isHandshake: false }
}

export function readRequest(evidence: Evidence): RequestView | undefined {
  const { at, event, isHandshake } = handshakeIn(evidence)
  if (!event) return undefined
  const { headers } = event
  const upgrade = headerValue(headers, 'upgrade')
  const connectionValue = headerValue(headers, 'connection')
  // Over HTTP/2 and 3 there is no Upgrade: the method is CONNECT and `:protocol` names it (RFC 8441 §4).
  const extendedConnect =
    event.method === 'CONNECT' || hasToken(headerValue(headers, ':protocol'), 'websocket')
  return {
    at,
    httpVersion: event.http_version?.replace(/^HTTP\//i, ''),
    path: event.path,
    headers,
    upgrade: extendedConnect || hasToken(upgrade, 'websocket'),
    connection: extendedConnect || hasToken(connectionValue, 'upgrade'),
    connectionValue,
    origin: headerValue(headers, 'origin'),
    host: headerValue(headers, 'host'),
    isHandshake,
    viaProxy: PROXY_HEADERS.some((name) => headerValue(headers, name) !== undefined),
  }
}
