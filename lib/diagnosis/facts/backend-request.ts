/** The handshake as it reached the backend: the one place where a proxy's changes show. */
import type { Evidence, HeaderList } from '#lib/evidence/schema.ts'

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
  /** A header that only a proxy adds: something stands in between. */
  viaProxy: boolean
}

/** All values of a header, joined as a list (RFC 9110 §5.3); undefined when it did not come. */
export function headerValue(headers: HeaderList | undefined, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const values = (headers ?? []).filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value)
  return values.length > 0 ? values.join(', ') : undefined
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

export function readRequest(evidence: Evidence): RequestView | undefined {
  const at = (evidence.server ?? []).findIndex((event) => event.type === 'request')
  const event = evidence.server?.[at]
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
    viaProxy: PROXY_HEADERS.some((name) => headerValue(headers, name) !== undefined),
  }
}
