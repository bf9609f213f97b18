/** A handshake as it arrived, in the words of an `attempt` event: bounded, and without secrets of a foreign query. */
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { EventOf } from '#lib/protocol/events.ts'
import { plainAddress } from '#server/wire/plain-address.ts'
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
  const { headers, socket } = request
  const forwardedProto = header(headers['x-forwarded-proto'])
  const fields: Writable<HandshakeFields> = {
    address: plainAddress(socket.remoteAddress ?? 'unknown'),
    ...(socket.remotePort !== undefined && { port: socket.remotePort }),
    url: maskUrl(request.url ?? '', ownParameters),
    scheme: isHttps(forwardedProto) || socket instanceof TLSSocket ? 'wss' : 'ws',
    http_version: request.httpVersion,
  }
  for (const [field, name] of headerFields) {
    const value = header(headers[name])
    if (value !== undefined) fields[field] = value
  }
  return fields
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const headerFields = [
  ['host', 'host'],
  ['origin', 'origin'],
  ['user_agent', 'user-agent'],
  ['upgrade', 'upgrade'],
  ['connection', 'connection'],
  ['subprotocols', 'sec-websocket-protocol'],
  ['forwarded_for', 'x-forwarded-for'],
  ['forwarded_proto', 'x-forwarded-proto'],
  ['forwarded_host', 'x-forwarded-host'],
  ['real_ip', 'x-real-ip'],
] as const

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
