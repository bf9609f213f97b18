/**
 * The opening handshake as text (RFC 6455 §4.1), written by hand so that nothing is added and every byte the
 * user gave is checked first: a header can't smuggle a line, and the handshake's own headers are ours.
 */

import { randomBytes } from 'node:crypto'
import { acceptOf } from '#lib/protocol/accept-key.ts'
import { isToken } from '#lib/protocol/token.ts'
import { sentence } from '#lib/text/foreign.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'

export interface HandshakeRequest {
  text: string
  /** What `Sec-WebSocket-Accept` must be for this request's key. */
  expectedAccept: string
}

export interface HandshakeParts {
  url: URL
  /** null: no Origin header, as clients that are no browsers do. */
  origin: string | null
  subprotocols: readonly string[]
  headers: readonly (readonly [string, string])[]
  /** A `Sec-WebSocket-Extensions` offer; the probe makes none unless it tests compression. */
  extensions?: string
}

/** Visible ASCII, blanks and bytes above 0x7f: a field value of RFC 9110 §5.5, no control characters. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\uffff]*$/
const MOST_HEADERS = 50
const LONGEST_HEADER = 8192

const OURS = new Map([
  ['upgrade', 'the handshake needs its own'],
  ['connection', 'the handshake needs its own'],
  ['sec-websocket-key', 'the handshake needs its own'],
  ['sec-websocket-version', 'the handshake needs its own'],
  ['sec-websocket-accept', 'only a server sends it'],
  ['sec-websocket-protocol', 'give it as a subprotocol'],
  ['sec-websocket-extensions', 'the probe offers none, so that frames stay readable'],
  ['origin', 'give it as the origin'],
  ['content-length', 'a handshake has no body'],
  ['transfer-encoding', 'a handshake has no body'],
])

/** Reads `Name: value` as typed on a command line. */
export function parseHeader(line: string): [string, string] {
  const colon = line.indexOf(':')
  if (colon < 1) {
    throw new ProbeRefusal(
      'header-refused',
      sentence`A header is written “Name: value”, not “${line.slice(0, 80)}”.`,
    )
  }
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
}

/** @param credentials `user:password`, as a URL carried them */
export function loginHeader(credentials: string | undefined): [string, string][] {
  if (credentials === undefined) return []
  return [['Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`]]
}

/** @throws ProbeRefusal for a name, value, origin or subprotocol that could not stand in a request */
export function checkParts({ origin, subprotocols, headers }: Omit<HandshakeParts, 'url'>): void {
  if (headers.length > MOST_HEADERS) {
    throw new ProbeRefusal('header-refused', sentence`At most ${MOST_HEADERS} headers can be added.`)
  }
  for (const [name, value] of headers) {
    const shown = name.slice(0, 60)
    if (!isToken(name)) throw new ProbeRefusal('header-refused', sentence`“${shown}” is not a header name.`)
    if (!FIELD_VALUE.test(value) || name.length + value.length > LONGEST_HEADER) {
      throw new ProbeRefusal(
        'header-refused',
        sentence`The value of ${shown} has a line break or control character in it, or is longer than ${LONGEST_HEADER} bytes.`,
      )
    }
    const why = OURS.get(name.toLowerCase())
    if (why !== undefined) throw new ProbeRefusal('header-refused', sentence`${shown} can't be set: ${why}.`)
  }
  if (origin !== null && !/^[\x21-\x7e]{1,2048}$/.test(origin)) {
    throw new ProbeRefusal('origin-refused', sentence`An origin is scheme://host[:port] in ASCII, or null.`)
  }
  const twice = subprotocols.find((name, at) => subprotocols.indexOf(name) !== at)
  const bad = subprotocols.find((name) => !isToken(name)) ?? twice
  if (bad !== undefined) {
    throw new ProbeRefusal(
      'subprotocol-refused',
      sentence`“${bad.slice(0, 60)}” can't be asked for as a subprotocol: each is one token, named once (a browser throws SyntaxError).`,
    )
  }
}

export function writeHandshake(parts: HandshakeParts): HandshakeRequest {
  checkParts(parts)
  const key = randomBytes(16).toString('base64')
  const given = new Set(parts.headers.map(([name]) => name.toLowerCase()))
  const lines = [
    `GET ${parts.url.pathname}${parts.url.search} HTTP/1.1`,
    ...(given.has('host') ? [] : [`Host: ${parts.url.host}`]),
    ...(given.has('user-agent') ? [] : ['User-Agent: why1006']),
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    ...(parts.origin === null ? [] : [`Origin: ${parts.origin}`]),
    ...(parts.subprotocols.length === 0 ? [] : [`Sec-WebSocket-Protocol: ${parts.subprotocols.join(', ')}`]),
    ...(parts.extensions === undefined ? [] : [`Sec-WebSocket-Extensions: ${parts.extensions}`]),
    ...parts.headers.map(([name, value]) => `${name}: ${value}`),
  ]
  return {
    text: `${lines.join('\r\n')}\r\n\r\n`,
    expectedAccept: acceptOf(key),
  }
}

/** A request for nothing but its answer, as a client sends one before its handshake. */
export function writePlainRequest({
  method,
  url,
  origin,
  headers,
}: Pick<HandshakeParts, 'url' | 'origin' | 'headers'> & { method: 'GET' | 'POST' }): string {
  checkParts({ origin, subprotocols: [], headers })
  const given = new Set(headers.map(([name]) => name.toLowerCase()))
  const lines = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    ...(given.has('host') ? [] : [`Host: ${url.host}`]),
    ...(given.has('user-agent') ? [] : ['User-Agent: why1006']),
    'Accept: */*',
    'Connection: close',
    ...(method === 'POST' ? ['Content-Length: 0'] : []),
    ...(origin === null ? [] : [`Origin: ${origin}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}
