/**
 * One connection through the lab: the client's socket and one to a real endpoint, with a fault between them. The
 * wire is real on both sides; only what the fault asks for is changed.
 */
import { Socket } from 'node:net'
import type { Backends, Behaviour, End, Line, Reply, Side } from '#server/lab/behaviour.ts'
import type { Groups } from '#server/lab/groups.ts'
import { encodeRequest, encodeResponse, type RequestHead, readResponse } from '#server/lab/head.ts'
import { createLane } from '#server/lab/lane.ts'
import { createTimers } from '#server/lab/timers.ts'
import type { ResponseHead } from '#server/wire/http-head.ts'

/** A proxy's own patience with a backend that does not take the connection. */
const connectTimeoutMs = 10_000

/** How long a side may take to hang up after our FIN, before its socket is destroyed. */
const lingerMs = 2000

/** What a client may send before its handshake is answered; a WebSocket client sends nothing. */
const greatestEarlyBytes = 64 * 1024

export interface RelayOptions {
  readonly client: Socket
  /** Bytes that came behind the handshake. */
  readonly head: Buffer
  readonly request: RequestHead
  readonly ownServer: { readonly host: string; readonly port: number }
  /** What the fault gets besides lanes, timers and the cut. */
  readonly services: { readonly groups: Groups; readonly backends: Backends; readonly random: () => number }
  readonly behave: (line: Line) => Behaviour
  /** Both sockets have gone. Called once. */
  readonly closed: () => void
}

export interface Relay {
  /** `performance.now()` when a byte was last read from either side. */
  readonly lastByteMs: number
  /** Ends both sides at once: for shutdown and the sweep. */
  destroy(): void
}

export function startRelay(options: RelayOptions): Relay {
  return new RunningRelay(options)
}

class RunningRelay implements Relay {
  readonly #options: RelayOptions
  readonly #client: Socket
  readonly #server = new Socket({ allowHalfOpen: true })
  readonly #timers = createTimers()
  readonly #line: Line
  readonly #behaviour: Behaviour
  readonly #ended = new Set<Side>()
  readonly #atEnd: (() => void)[] = []
  #early: Buffer[] | undefined = []
  #isCut = false
  #isClosed = false
  lastByteMs: number

  constructor(options: RelayOptions) {
    this.#options = options
    this.#client = options.client
    this.lastByteMs = this.#timers.now()
    this.#line = {
      random: options.services.random,
      backends: options.services.backends,
      join: (group) => options.services.groups.join(group, this.#line),
      toClient: createLane(this.#server, this.#client),
      toServer: createLane(this.#client, this.#server),
      after: this.#timers.after,
      atEnd: (action) => (this.#isClosed ? action() : this.#atEnd.push(action)),
      now: this.#timers.now,
      cut: (ends) => this.#cut(ends),
      hangUp: (side, end) => hangUp(side === 'client' ? this.#client : this.#server, end),
    }
    this.#behaviour = options.behave(this.#line)
    this.#watch(this.#client, 'client')
    this.#watch(this.#server, 'server')
    this.#client.on('data', (bytes: Buffer) => this.#fromClient(bytes))
    if (options.head.length > 0) this.#fromClient(options.head)
    this.#begin()
  }

  destroy(): void {
    this.#stop()
    this.#client.destroy()
    this.#server.destroy()
  }

  #begin(): void {
    const reply = this.#behaviour.reply?.(this.#options.request)
    if (reply) this.#reply(reply)
    else this.#askBackend().catch(() => this.#cut({ client: 'rst', server: 'rst' }))
  }

  #reply({ bytes, afterMs = 0, end = 'fin' }: Reply): void {
    this.#timers.after(afterMs, () => {
      if (bytes.length > 0) this.#client.write(bytes)
      this.#cut({ client: end, server: 'fin' })
    })
  }

  async #askBackend(): Promise<void> {
    const { ownServer, request } = this.#options
    const { host, port } = (await this.#behaviour.backend?.()) ?? ownServer
    // The client may have gone while the backend was started.
    if (this.#isCut) return
    this.#server.setNoDelay()
    this.#server.connect(port, host)
    this.#server.setTimeout(connectTimeoutMs, () => this.#server.destroy())
    this.#server.once('connect', () => this.#server.setTimeout(0))
    this.#server.write(encodeRequest(this.#behaviour.request?.(request) ?? request))
    readResponse(this.#server, (response, rest) => {
      const delayMs = this.#behaviour.responseDelayMs ?? 0
      if (delayMs > 0) this.#timers.after(delayMs, () => this.#answer(response, rest))
      else this.#answer(response, rest)
    })
  }

  #answer(response: ResponseHead | undefined, rest: Buffer): void {
    if (this.#isCut) return
    const changed = response && (this.#behaviour.response?.(response) ?? response)
    if (changed) this.#client.write(encodeResponse(changed))
    const isOpen = response?.status === 101
    const pass = isOpen
      ? (this.#behaviour.fromServer ?? this.#line.toClient.forward)
      : this.#line.toClient.forward
    this.#server.on('data', (bytes: Buffer) => {
      this.lastByteMs = this.#timers.now()
      if (!this.#isCut) pass(bytes)
    })
    this.#server.resume()
    if (isOpen) this.#open()
    if (rest.length > 0) pass(rest)
  }

  #open(): void {
    this.#behaviour.opened?.()
    const early = this.#early ?? []
    this.#early = undefined
    for (const bytes of early) this.#fromClient(bytes)
  }

  #fromClient(bytes: Buffer): void {
    this.lastByteMs = this.#timers.now()
    if (this.#isCut) return
    if (this.#early === undefined) {
      const pass = this.#behaviour.fromClient ?? this.#line.toServer.forward
      pass(bytes)
      return
    }
    this.#early.push(bytes)
    const total = this.#early.reduce((sum, { length }) => sum + length, 0)
    if (total > greatestEarlyBytes) this.#cut({ client: 'rst', server: 'rst' })
  }

  #watch(socket: Socket, side: Side): void {
    // A reset shows as 'close' too, which is where it is dealt with.
    socket.on('error', () => {})
    socket.on('end', () => this.#sideEnded(side))
    socket.on('close', () => {
      this.#sideEnded(side)
      if (this.#client.destroyed && this.#server.destroyed) this.#finish()
    })
  }

  #sideEnded(side: Side): void {
    if (this.#isCut || this.#ended.has(side)) return
    this.#ended.add(side)
    // As nginx does: whatever ended one side, the other gets a FIN.
    const pass = () => this.#cut({ client: 'fin', server: 'fin' })
    if (this.#ended.size === 2 || this.#behaviour.ended === undefined) pass()
    else this.#behaviour.ended(side, pass)
  }

  #cut(ends: Readonly<Record<Side, End>>): void {
    if (this.#isCut) return
    this.#stop()
    hangUp(this.#client, ends.client)
    hangUp(this.#server, ends.server)
  }

  #stop(): void {
    this.#isCut = true
    this.#timers.stop()
    this.#options.services.groups.leave(this.#line)
  }

  #finish(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#stop()
    for (const action of this.#atEnd) action()
    this.#options.closed()
  }
}

/**
 * `fin`: what was written still arrives, then FIN; what comes in return is thrown away. `rst`: a reset, at once.
 */
function hangUp(socket: Socket, end: End): void {
  if (socket.destroyed) return
  if (end === 'rst') {
    socket.resetAndDestroy()
    return
  }
  if (socket.pending) {
    socket.destroy()
    return
  }
  socket.end()
  // Unread bytes would turn the FIN into a reset when the socket is destroyed.
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
}
