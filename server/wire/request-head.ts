/** What HTTP asks of the head of every request, before anybody believes what it says. */
import type { IncomingMessage } from 'node:http'
import { remembered } from '#server/wire/remembered.ts'

/** RFC 3986 §3.2.2 with a port, and no user in front: what the browsers' own parsers refuse is no host here either. */
const HOST = /^(?:\[[\w.:%]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/

/** Empty is allowed where a target has no authority (RFC 9112 §3.2); a port beyond 65,535 is none. */
const isHost = remembered(
  (text: string): boolean => text === '' || (HOST.test(text) && URL.canParse(`http://${text}`)),
)

const isHostName = (name: string): boolean => name.length === 4 && name.toLowerCase() === 'host'

/** RFC 9112 §3.2.2. A client of WebSockets that goes through a proxy may write its own scheme. */
const ABSOLUTE = /^(?:http|ws)s?:\/\/([^/?#]*)(.*)$/is

/**
 * Makes one shape of what a target may be: the path and query in `url`, the authority in `headers.host`, which a target
 * in absolute form overrules (RFC 9112 §3.2.2). Returns why the request cannot be answered, for people, where its Host is
 * missing, there twice or no host, or its target is none (§3.2).
 */
export function settleTarget(request: IncomingMessage): string | undefined {
  const { headers, rawHeaders, httpVersion, url = '/' } = request
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) if (isHostName(rawHeaders[at] ?? '')) hosts += 1
  if (hosts > 1) return 'The request has more than one Host header.'
  if (hosts === 0 && httpVersion !== '1.0') return 'The request has no Host header.'
  if (headers.host !== undefined && !isHost(headers.host)) return 'The Host header does not name a host.'
  if (url.startsWith('/') || url === '*') return undefined

  const [, authority = '', rest = ''] = ABSOLUTE.exec(url) ?? []
  if (authority === '' || !isHost(authority)) {
    return 'The target of the request is neither a path nor an http URL with a host.'
  }
  request.url = rest.startsWith('/') ? rest : `/${rest}`
  headers.host = authority
  return undefined
}

/** Whether it asks to go on in WebSocket, among whatever else (RFC 9110 §7.8: a list, in the client's order). */
export function asksForWebSocket({ upgrade }: IncomingMessage['headers']): boolean {
  if (upgrade === undefined || upgrade === 'websocket') return upgrade !== undefined
  return upgrade.split(',').some((protocol) => protocol.trim().toLowerCase() === 'websocket')
}
