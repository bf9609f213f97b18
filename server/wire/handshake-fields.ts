/** A handshake as it arrived, in the words of an `attempt` event: bounded, and without secrets of a foreign query. */
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { EventOf } from '#lib/protocol/events.ts'
import { shorten } from '#server/wire/shorten.ts'

type Names = 'kind' | 'id' | 'at' | 'instance' | 'service' | 'client_id' | 'endpoint' | 'trace' | 'role'
type Known<E> = { [K in keyof E as string extends K ? never : K extends Names ? never : K]: E[K] }

export type HandshakeFields = Known<EventOf<'attempt'>>

const urlLimit = 512

/** @param ownParameters names of query parameters whose values are ours and may be shown */
export function handshakeFields(
  request: IncomingMessage,
  ownParameters: ReadonlySet<string>,
): HandshakeFields {
  const { headers } = request
  const forwardedProto = header(headers['x-forwarded-proto'])
  return {
    address: request.socket.remoteAddress ?? 'unknown',
    ...(request.socket.remotePort !== undefined && { port: request.socket.remotePort }),
    url: maskUrl(request.url ?? '', ownParameters),
    scheme: isHttps(forwardedProto) || request.socket instanceof TLSSocket ? 'wss' : 'ws',
    http_version: request.httpVersion,
    ...present({
      host: header(headers.host),
      origin: header(headers.origin),
      user_agent: header(headers['user-agent']),
      upgrade: header(headers.upgrade),
      connection: header(headers.connection),
      subprotocols: header(headers['sec-websocket-protocol']),
      forwarded_for: header(headers['x-forwarded-for']),
      forwarded_proto: forwardedProto,
      forwarded_host: header(headers['x-forwarded-host']),
      real_ip: header(headers['x-real-ip']),
    }),
  }
}

/** Keeps the names of query parameters and the values of our own; every other value becomes `***`. */
export function maskUrl(url: string, ownParameters: ReadonlySet<string>): string {
  const start = url.indexOf('?')
  if (start === -1) return shorten(url, urlLimit)
  const masked = url
    .slice(start + 1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      if (equals === -1) return pair === '' ? '' : '***'
      const name = pair.slice(0, equals)
      return ownParameters.has(name) ? pair : `${name}=***`
    })
  return shorten(`${url.slice(0, start)}?${masked.join('&')}`, urlLimit)
}

/** The nearest proxy's word comes last, the client's own first; the first is what the browser used. */
function isHttps(forwardedProto: string | undefined): boolean {
  const first = forwardedProto?.split(',')[0]?.trim().toLowerCase()
  return first === 'https' || first === 'wss'
}

function header(value: string | string[] | undefined): string | undefined {
  return value === undefined ? undefined : shorten(Array.isArray(value) ? value.join(', ') : value)
}

function present<T extends Record<string, string | undefined>>(fields: T): Partial<Record<keyof T, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Record<keyof T, string>
  >
}
