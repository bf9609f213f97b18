/**
 * Where handshakes arrive in what people have: an `http.Server`, a `WebSocketServer` of ws, a server of Engine.IO or
 * Socket.IO, or an object that holds one of these as `server` (Fastify). Whatever is looked at is handed on as it came,
 * and no listener is added: a server without one for `upgrade` answers such requests as any other.
 */
import { IncomingMessage, ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'

export interface Arrivals {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** A handshake that goes to the handler of plain requests. */
  request(request: IncomingMessage, response: ServerResponse): void
}

type Method = (this: unknown, ...args: unknown[]) => unknown

/** Whether `server.close()` was called; undefined where it can't be told. */
export type Listening = () => boolean | undefined

/**
 * Tells of each handshake before the server hears of it.
 * @throws TypeError where nothing of the kind is known
 */
export function watchTarget(target: unknown, arrivals: Arrivals): Listening {
  if (!isObject(target)) throw unknown(target)
  if (typeof target.handleUpgrade === 'function') {
    wrap(target, 'handleUpgrade', ([request, socket, head]) => {
      if (request instanceof IncomingMessage && socket instanceof Duplex)
        arrivals.upgrade(request, socket, Buffer.isBuffer(head) ? head : Buffer.alloc(0))
    })
    return () => undefined
  }
  if (typeof target.emit === 'function' && typeof target.listen === 'function' && 'listening' in target) {
    wrap(target, 'emit', ([event, first, second, head]) => {
      if (!(first instanceof IncomingMessage)) return
      if (event === 'upgrade' && second instanceof Duplex)
        arrivals.upgrade(first, second, Buffer.isBuffer(head) ? head : Buffer.alloc(0))
      else if (event === 'request' && second instanceof ServerResponse && wantsWebSocket(first))
        arrivals.request(first, second)
    })
    return () => target.listening === true
  }
  // Socket.IO has both once it is attached; its engine is not asked for handshakes of another path.
  const { httpServer } = target
  if (isObject(httpServer) && typeof httpServer.emit === 'function' && 'listening' in httpServer)
    return watchTarget(httpServer, arrivals)
  if (isObject(target.engine)) return watchTarget(target.engine, arrivals)
  if (typeof target.attach === 'function') {
    wrap(
      target,
      'attach',
      () => {},
      () => {
        if (isObject(target.httpServer) || isObject(target.engine)) watchTarget(target, arrivals)
      },
    )
    return () => undefined
  }
  if (isObject(target.server)) return watchTarget(target.server, arrivals)
  throw unknown(target)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const wantsWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket'

/** Puts a look before (and one behind) a method of this one object; what they throw is lost, what the method gives is kept. */
function wrap(
  target: Record<string, unknown>,
  name: string,
  before: (args: unknown[]) => void,
  after: () => void = () => {},
): void {
  const method = target[name] as Method
  target[name] = function (this: unknown, ...args: unknown[]) {
    quietly(() => before(args))
    try {
      return method.apply(this, args)
    } finally {
      quietly(after)
    }
  }
}

function quietly(look: () => void): void {
  try {
    look()
  } catch {
    // Whatever we fail at must not become the application's failure.
  }
}

const unknown = (target: unknown): TypeError =>
  new TypeError(
    `instrument() takes an http.Server, a WebSocketServer of ws, or a server of Socket.IO or Engine.IO, not ${
      typeof target === 'function'
        ? 'a function: an app has no sockets, give it the server that listen() returned'
        : typeof target
    }.`,
  )
