/** One open connection: counts, heartbeat, bounded writes, and the events of all this in the journal. */
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { Excess } from '#server/access/guard.ts'
import type { Endpoint, Session, SessionHandlers } from '#server/endpoints/endpoint.ts'
import type { ConnectionDraft, Journal } from '#server/journal/journal.ts'
import { isBehind, waitForReader } from '#server/sockets/backpressure.ts'
import { closeCodeOfError, type Ending, judgeEnding } from '#server/sockets/ending.ts'
import { Heartbeat, type Pinger } from '#server/sockets/heartbeat.ts'
import type { Slots } from '#server/sockets/slots.ts'
import { Tally, type TrafficSweep } from '#server/sockets/traffic.ts'
import { Cork } from '#server/wire/cork.ts'
import { endOnce } from '#server/wire/end-once.ts'
import { errorCode } from '#server/wire/error-code.ts'
import { asciiFrame, encodeFrame, opcodes } from '#server/wire/frame.ts'
import { refuseLongLengths } from '#server/wire/strict-lengths.ts'

export interface SessionServices {
  readonly journal: Journal
  readonly slots: Slots
  readonly traffic: TrafficSweep
  /** Those that are open. */
  readonly sessions: Set<OpenSession>
}

export interface SessionIdentity {
  readonly clientId: string
  readonly trace: string | undefined
  readonly pingIntervalSeconds: number
  readonly pingTimeoutSeconds: number
}

/** Nothing of it is kept but what it names: a session lives long, and its handshake must not live with it. */
export interface SessionOptions extends SessionIdentity {
  readonly services: SessionServices
  readonly endpoint: Endpoint
  readonly socket: WebSocket
  readonly stream: Socket
  readonly open: (session: Session) => SessionHandlers
  /** Counts what arrives, and says with which code the connection ends where it is too much. */
  readonly meter: ((bytes: number) => Excess | undefined) | undefined
  /** It does not count among those of its address any more. */
  readonly leave: (() => void) | undefined
}

export class OpenSession implements Session, Pinger {
  readonly clientId: string
  readonly endpoint: string
  readonly trace: string | undefined
  readonly pingIntervalSeconds: number
  readonly pingTimeoutSeconds: number
  readonly socket: WebSocket
  readonly stream: Socket
  readonly #services: SessionServices
  readonly #recordsActivity: boolean
  readonly #tally: Tally
  readonly #meter: SessionOptions['meter']
  readonly #leave: SessionOptions['leave']
  readonly #openedAt: number
  /** On the clock of the slots. */
  #lastByteAt: number
  readonly #cork: Cork
  readonly #handlers: SessionHandlers
  readonly #heartbeat: Heartbeat
  #ours: Ending | undefined

  constructor(options: SessionOptions) {
    const { services, endpoint, socket, stream } = options
    this.clientId = options.clientId
    this.endpoint = endpoint.path
    this.trace = options.trace
    this.pingIntervalSeconds = options.pingIntervalSeconds
    this.pingTimeoutSeconds = options.pingTimeoutSeconds
    this.socket = socket
    this.stream = stream
    this.#services = services
    this.#recordsActivity = endpoint.recordsActivity
    this.#meter = options.meter
    this.#leave = options.leave
    this.#tally = new Tally(this.#recordsActivity ? services.traffic : undefined, (moved) =>
      this.#record({ kind: 'traffic', ...moved }),
    )
    this.#openedAt = services.slots.now()
    this.#lastByteAt = this.#openedAt
    refuseLongLengths(socket)
    endOnce(socket)
    this.#cork = new Cork(socket, stream)
    this.#listen()
    this.#record({
      kind: 'accepted',
      ping_interval_seconds: this.pingIntervalSeconds,
      ping_timeout_seconds: this.pingTimeoutSeconds,
      ...(socket.protocol && { subprotocol: socket.protocol }),
    })
    this.#heartbeat = new Heartbeat(
      services.slots,
      this,
      this.pingIntervalSeconds * 1000,
      this.pingTimeoutSeconds * 1000,
    )
    this.#handlers = options.open(this)
  }

  get pings(): number {
    return this.#heartbeat.pings
  }

  get pongs(): number {
    return this.#heartbeat.pongs
  }

  ageMs(): number {
    return this.#services.slots.now() - this.#openedAt
  }

  send(text: string): void {
    this.sendFrame(encodeFrame(opcodes.text, text), 1)
  }

  sendAscii(text: string): void {
    const frame = asciiFrame(text)
    if (frame === undefined) this.send(text)
    else if (this.#write(frame)) this.#tally.sent(1, frame.length)
  }

  sendBinary(payload: Buffer): void {
    this.sendFrame(encodeFrame(opcodes.binary, payload), 1)
  }

  sendFrame(frame: Buffer, messages: number): void {
    if (this.#write(frame)) this.#tally.sent(messages, frame.length)
  }

  bufferedBytes(): number {
    return this.stream.writableLength
  }

  onceDrained(callback: () => void): () => void {
    this.stream.once('drain', callback)
    return () => this.stream.off('drain', callback)
  }

  close(code: number, reason: string): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.#ours ??= { code, reason, initiator: 'server' }
    this.#heartbeat.stop()
    this.socket.close(code, reason)
    // A paused socket would never show the client's answer.
    this.socket.resume()
  }

  abort(code: string, message: string): void {
    if (this.socket.readyState === WebSocket.CLOSED) return
    this.#record({ kind: 'error', code, message })
    this.#cut({ code: 1006, reason: message, initiator: 'server' })
  }

  /** Ends it without ceremony, after a close frame that was not answered. */
  terminate(): void {
    this.socket.terminate()
  }

  ping(pingNumber: number): void {
    // Once a close frame has passed, its own timeout rules.
    if (this.socket.readyState !== WebSocket.OPEN) {
      this.#heartbeat.stop()
      return
    }
    this.#write(encodeFrame(opcodes.ping, String(pingNumber)))
    this.#handlers.pinged?.(pingNumber)
  }

  answered(pingNumber: number, rttMs: number): void {
    if (!this.#recordsActivity) return
    this.#record({ kind: 'heartbeat', ping_number: pingNumber, rtt_ms: roundMs(rttMs) })
  }

  timedOut(pingNumber: number, waitedMs: number): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.#record({ kind: 'pong_timeout', ping_number: pingNumber, waited_ms: roundMs(waitedMs) })
    this.#cut({ code: 1006, reason: `no pong within ${this.pingTimeoutSeconds} s`, initiator: 'network' })
  }

  isListening(): boolean {
    return !this.socket.isPaused
  }

  #listen(): void {
    this.socket.on('message', (data, isBinary) => {
      if (Buffer.isBuffer(data)) this.#receive(data, isBinary)
    })
    this.socket.on('ping', (payload) => {
      this.#moved()
      if (this.#isTooMuch(payload.length)) return
      this.#cork.beforeReply()
      this.#write(encodeFrame(opcodes.pong, payload))
    })
    this.socket.on('pong', (payload) => {
      this.#moved()
      this.#heartbeat.pong(payload)
    })
    this.socket.on('error', (error) => this.#fail(error))
    this.socket.on('close', (code, reason) => this.#finish(code, reason.toString()))
  }

  #moved(): void {
    this.#lastByteAt = this.#services.slots.now()
  }

  #receive(payload: Buffer, isBinary: boolean): void {
    this.#moved()
    this.#tally.received(payload.length)
    // After our own close frame the rest is counted, not answered.
    if (this.socket.readyState !== WebSocket.OPEN || this.#isTooMuch(payload.length)) return
    this.#cork.beforeReply()
    if (isBinary) this.#handlers.binary?.(payload)
    else this.#handlers.text?.(payload.toString(), payload.length)
  }

  #isTooMuch(bytes: number): boolean {
    const excess = this.#meter?.(bytes)
    if (excess === undefined) return false
    if (this.socket.readyState === WebSocket.OPEN) {
      this.#record({ kind: 'error', code: 'too-much', message: excess.reason })
      this.close(excess.code, excess.reason)
    }
    return true
  }

  /** False when it is too late to write. */
  #write(frame: Buffer | string): boolean {
    if (this.socket.readyState !== WebSocket.OPEN) return false
    this.#moved()
    if (typeof frame === 'string') this.stream.write(frame, 'latin1')
    else this.stream.write(frame)
    if (isBehind(this.stream)) this.#waitForReader()
    return true
  }

  #waitForReader(): void {
    const seconds = this.pingTimeoutSeconds
    waitForReader(this.socket, this.stream, seconds, () =>
      this.abort('client-not-reading', `the client took nothing for ${seconds} s`),
    )
  }

  #fail(error: Error): void {
    const code = closeCodeOfError(error)
    if (code === undefined) return
    this.#ours ??= { code, reason: error.message, initiator: 'server' }
    this.#record({ kind: 'error', code: errorCode(error) ?? 'protocol-error', message: error.message })
  }

  #cut(ending: Ending): void {
    this.#ours ??= ending
    this.socket.terminate()
  }

  #finish(code: number, reason: string): void {
    const ending = judgeEnding({ ours: this.#ours, code, reason })
    const now = this.#services.slots.now()
    const socketError = errorCode(this.stream.errored)
    this.#heartbeat.stop()
    this.#tally.end()
    this.#record({
      kind: 'disconnected',
      close_code: ending.code,
      reason: ending.reason,
      duration_ms: roundMs(now - this.#openedAt),
      silence_ms: roundMs(now - this.#lastByteAt),
      pings: this.pings,
      pongs: this.pongs,
      initiator: ending.initiator,
      ...(socketError !== undefined && { socket_error: socketError }),
      ...this.#tally.total,
    })
    this.#handlers.closed?.()
    this.#services.sessions.delete(this)
    this.#leave?.()
  }

  #record(draft: ConnectionDraft): void {
    const { clientId, endpoint, trace } = this
    this.#services.journal.append({
      client_id: clientId,
      endpoint,
      ...(trace !== undefined && { trace }),
      ...draft,
    })
  }
}

/** Microseconds are as much as the clock tells. */
function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
