/**
 * The other end: WebSockets that this process opens. Those over Node's `http` (ws, faye-websocket, websocket,
 * engine.io-client) are watched on their socket; of Node's own `WebSocket` the channels of undici tell what there is.
 */
import { subscribe } from 'node:diagnostics_channel'
import { ClientRequest, IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import { NO_ANSWER } from '#server/instrument/connection.ts'
import type { EventFields } from '#server/instrument/event.ts'
import { type InstrumentOptions, type Teller, tellerOf, watchSocket } from '#server/instrument/watching.ts'
import { maskUrl } from '#server/wire/handshake-fields.ts'
import { shorten } from '#server/wire/shorten.ts'

let isWatching = false

/** Tells of every WebSocket that this process opens as a client. Doing it twice does it once. */
export function instrumentClient(options: InstrumentOptions = {}): void {
  if (isWatching) return
  isWatching = true
  const teller = tellerOf(options)
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { request?: unknown }
    if (request instanceof ClientRequest && asksForWebSocket(request)) watchRequest(request, teller)
  })
  watchUndici(teller)
}

const asksForWebSocket = (request: ClientRequest): boolean =>
  String(request.getHeader('upgrade') ?? '').toLowerCase() === 'websocket'

function watchRequest(request: ClientRequest, teller: Teller): void {
  const tell = teller.of({ url: request.path, role: 'client' })
  tell({
    kind: 'attempt',
    address: request.host,
    url: maskUrl(
      `${request.protocol === 'https:' ? 'wss' : 'ws'}://${textOf(request.getHeader('host')) ?? request.host}${request.path}`,
      NONE,
    ),
    scheme: request.protocol === 'https:' ? 'wss' : 'ws',
    http_version: '1.1',
    ...given('host', request.getHeader('host')),
    ...given('origin', request.getHeader('origin')),
    ...given('user_agent', request.getHeader('user-agent')),
    ...given('subprotocols', request.getHeader('sec-websocket-protocol')),
  })
  let isAnswered = false
  const emit = request.emit
  // A listener would change what Node does with an answer that nobody else waits for.
  request.emit = function (this: ClientRequest, name: string | symbol, ...args: unknown[]): boolean {
    try {
      isAnswered ||= seen(name, args)
    } catch {
      // Whatever we fail at must not become the application's failure.
    }
    return emit.apply(this, [name, ...args] as unknown as Parameters<typeof emit>)
  }

  const seen = (name: string | symbol, [first, socket, head]: unknown[]): boolean => {
    if (isAnswered) return true
    if (name === 'upgrade' && first instanceof IncomingMessage && socket instanceof Duplex) {
      const connection = watchSocket({ socket, role: 'client', url: request.path, tell })
      connection.accepted(textOf(first.headers['sec-websocket-protocol']))
      if (Buffer.isBuffer(head)) connection.received(head)
      return true
    }
    if (name === 'response' && first instanceof IncomingMessage) {
      const { statusCode, statusMessage } = first
      refused(tell, statusMessage ?? '', statusCode)
      return true
    }
    if (name === 'error' && first instanceof Error) refused(tell, first.message)
    else if (name === 'close') refused(tell, NO_ANSWER)
    else return false
    return true
  }
}

function refused(tell: (fields: EventFields) => void, reason: string, status?: number): void {
  tell({
    kind: 'rejected',
    cause: 'application',
    reason: shorten(reason),
    ...(status !== undefined && { status }),
  })
}

/** Node's own `WebSocket` is one of undici, which says when it sends the head of a request on which socket. */
function watchUndici(teller: Teller): void {
  subscribe('undici:client:sendHeaders', (message) => {
    const { request, headers, socket } = message as Record<string, unknown>
    if (
      !(socket instanceof Duplex) ||
      typeof headers !== 'string' ||
      !/^upgrade: websocket\r?$/im.test(headers)
    )
      return
    const { origin, path } = request as { origin?: unknown; path?: unknown }
    const url = new URL(textOf(path) ?? '/', textOf(String(origin ?? '')) ?? 'http://unknown')
    const tell = teller.of({ url: url.pathname + url.search, role: 'client' })
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    tell({
      kind: 'attempt',
      address: url.hostname,
      url: maskUrl(url.href, NONE),
      scheme: url.protocol === 'wss:' ? 'wss' : 'ws',
      http_version: '1.1',
      host: url.host,
    })
    watchSocket({ socket, role: 'client', url: url.search, tell })
  })
}

const NONE: ReadonlySet<string> = new Set()

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

function given<Name extends string>(name: Name, value: unknown): { [K in Name]?: string } {
  const text = textOf(value)
  return (text === undefined ? {} : { [name]: shorten(text) }) as { [K in Name]?: string }
}
