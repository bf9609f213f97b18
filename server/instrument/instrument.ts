/**
 * Why connections end, told by the server itself: `instrument(server)`. It watches and changes nothing; whatever
 * goes wrong in here stays in here.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Connection, NO_ANSWER, PEER_LEFT, systemCode } from '#server/instrument/connection.ts'
import type { EventFields } from '#server/instrument/event.ts'
import { loopDelay } from '#server/instrument/loop-delay.ts'
import { watchTarget } from '#server/instrument/targets.ts'
import { type InstrumentOptions, tellerOf, traceOf, watchSocket } from '#server/instrument/watching.ts'
import { type HandshakeFields, handshakeFields } from '#server/wire/handshake-fields.ts'

export interface DrainOptions {
  /** The close code that each connection gets; 1012 (service restart) unless given. */
  readonly code?: number | undefined
  /** Milliseconds over which the Close frames are spread, evenly; 0 sends all at once. */
  readonly overMs?: number | undefined
  /** When clients should come back, in milliseconds: part of the close reason, for clients that read it. */
  readonly retryAfterMs?: number | undefined
  /** For a client that does not answer the Close frame, until its TCP connection is ended; 5000 unless given. */
  readonly closeTimeoutMs?: number | undefined
}

interface Instrumented {
  readonly connections: Set<Connection>
  /** Sends what was told and waits. */
  readonly flush: () => Promise<void>
  isDraining: boolean
}

const known = new WeakMap<object, Instrumented>()
/** A socket is watched once, whichever of a person's servers hands it on. */
const watched = new WeakSet<object>()

/**
 * Tells of every WebSocket that this server opens, refuses and ends. Doing it twice does it once.
 * @param server an `http.Server` or `https.Server`, ws's `WebSocketServer`, or a server of Socket.IO, Engine.IO, Fastify
 * @throws TypeError where `server` is none of these
 */
export function instrument(server: object, options: InstrumentOptions = {}): void {
  if (known.has(server)) return
  const teller = tellerOf(options)
  const state: Instrumented = { connections: new Set(), flush: teller.flush, isDraining: false }
  loopDelay()
  const isListening = watchTarget(server, {
    upgrade(request, socket, head) {
      if (watched.has(socket)) return
      watched.add(socket)
      const tell = teller.of({ url: request.url ?? '', trace: traceOf(request) })
      tell({ kind: 'attempt', ...fieldsOf(request) })
      const connection = watchSocket({
        socket,
        role: 'server',
        url: request.url ?? '',
        tell,
        isDraining: () => state.isDraining || isListening() === false,
        connections: state.connections,
      })
      connection.received(head)
    },
    request(request, response) {
      const tell = teller.of({ url: request.url ?? '', trace: traceOf(request) })
      tell({ kind: 'attempt', ...fieldsOf(request) })
      refusedByHandler(request, response, tell)
    },
  })
  known.set(server, state)
}

/**
 * Ends the connections of an instrumented server with a Close frame each, spread over time so that they don't come
 * back at one moment. Resolves when all of them are closed and, within 2 s, Why1006 has heard of it: the process may end
 * then. Does not stop the server from taking new ones.
 * @throws TypeError where `server` was not given to `instrument`
 */
export async function drain(
  server: object,
  { code = 1012, overMs = 0, retryAfterMs, closeTimeoutMs = 5000 }: DrainOptions = {},
): Promise<void> {
  const state = known.get(server)
  if (state === undefined) throw new TypeError('drain() takes a server that instrument() was given before.')
  state.isDraining = true
  const reason = `server restarting${retryAfterMs === undefined ? '' : `; retry_after_ms=${Math.round(retryAfterMs)}`}`
  const leaving = [...state.connections].filter(({ isOpen }) => isOpen)
  await Promise.all(
    leaving.map(async (connection, index) => {
      if (overMs > 0) await new Promise((go) => setTimeout(go, (overMs * index) / leaving.length))
      connection.close(code, reason, closeTimeoutMs)
      await connection.done
    }),
  )
  await within(HEARD_MS, state.flush())
}

/** A Why1006 that does not answer holds no deploy up. */
const HEARD_MS = 2000

function within(ms: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    work.then(done, done)
  })
}

const shown: ReadonlySet<string> = new Set(['EIO', 'transport', 'trace'])

const fieldsOf = (request: IncomingMessage): HandshakeFields => handshakeFields(request, shown)

function refusedByHandler(
  { socket }: IncomingMessage,
  response: ServerResponse,
  tell: (fields: EventFields) => void,
): void {
  response.once('close', () =>
    tell({
      kind: 'rejected',
      cause: 'application',
      ...(response.headersSent
        ? { status: response.statusCode, reason: 'answered as a plain request' }
        : { reason: hasPeerLeft(socket) ? PEER_LEFT : NO_ANSWER }),
    }),
  )
}

/** Of a socket that is closed: whether that began with an end or a reset from the other side. */
const hasPeerLeft = ({ readableEnded, errored }: Socket): boolean =>
  readableEnded || systemCode(errored) !== undefined
