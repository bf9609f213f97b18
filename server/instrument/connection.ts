/**
 * One connection, watched from the socket below whatever library serves it: what comes is seen when the socket gives
 * it on, what goes when it is written. Nothing is read in place of the application, delayed or altered.
 */
import { errorMonitor } from 'node:events'
import type { Duplex } from 'node:stream'
import { maskText } from '#lib/evidence/mask.ts'
import { answererOf } from '#server/instrument/answerer.ts'
import type { EventFields } from '#server/instrument/event.ts'
import { FrameMeter } from '#server/instrument/frame-meter.ts'
import { loopDelay } from '#server/instrument/loop-delay.ts'
import { Pings } from '#server/instrument/pings.ts'
import { type Ends, type Unacknowledged, unacknowledgedOf } from '#server/instrument/unacknowledged.ts'
import { errorCode } from '#server/wire/error-code.ts'
import { opcodes } from '#server/wire/frame.ts'
import { headerOf, parseResponseHead } from '#server/wire/http-head.ts'
import { encodeClosePayload, encodeRawFrame, readClosePayload } from '#server/wire/raw-frame.ts'
import { shorten } from '#server/wire/shorten.ts'

export type Role = 'server' | 'client'

export interface ConnectionOptions {
  readonly socket: Duplex
  /** Which end this process is. */
  readonly role: Role
  /** Engine.IO pings in messages. */
  readonly engineIo: boolean
  readonly tell: (fields: EventFields) => void
  readonly isDraining: () => boolean
  readonly ended: () => void
}

interface Ending {
  readonly code: number
  readonly reason: string
  readonly initiator: Role | 'network'
}

/** Why a handshake has no answer. */
export const PEER_LEFT = 'the peer left before the answer'
export const NO_ANSWER = 'ended without an answer'
/** A head of more is no handshake's. */
const LONGEST_HEAD = 16_384
const LONGEST_REASON = 200
/** A stall costs a connection up to a heartbeat later. */
const LEAST_LOOK_BACK_MS = 60_000
/** A frame that was begun is mostly written whole in the same turn of the loop. */
const LOOK_AGAIN_MS = 10

export class Connection {
  readonly #options: ConnectionOptions
  readonly #peer: Role
  readonly #pings = new Pings()
  readonly #in: FrameMeter
  readonly #out: FrameMeter
  /** The head of the answer, as far as it came; undefined once it is whole. */
  #head: string | undefined = ''
  #isAccepted = false
  #isRefused = false
  #openedAt = performance.now()
  #lastRxAt = performance.now()
  #lastTxAt = 0
  /** A Close frame, or who ended the TCP connection without one: the first of them counts. */
  #ending: Ending | undefined
  #peerHasEnded = false
  #socketError: string | undefined
  /** The ping that this side gave up on. */
  #missed: { readonly ping_number: number; readonly waited_ms: number } | undefined
  /** Then: whether the system of the peer had still answered. */
  #unacknowledged: Unacknowledged | undefined
  #buffered = 0
  #resolveDone = () => {}
  /** Resolves when its TCP connection is closed. */
  readonly done = new Promise<void>((resolve) => {
    this.#resolveDone = resolve
  })
  #count = { messages_in: 0, messages_out: 0, bytes_in: 0, bytes_out: 0 }

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#peer = options.role === 'server' ? 'client' : 'server'
    this.#in = new FrameMeter({
      message: (isFirst, bytes) => {
        if (isFirst) this.#count.messages_in += 1
        this.#count.bytes_in += bytes
      },
      control: (opcode, payload) => {
        if (opcode === opcodes.pong) this.#answered(this.#pings.answered(payload.toString('latin1')))
        else if (opcode === opcodes.close) this.#closed(this.#peer, payload)
      },
      single: (byte) => {
        if (options.engineIo && byte === ENGINE_PONG) this.#answered(this.#pings.answered(''))
      },
    })
    this.#out = new FrameMeter({
      message: (isFirst, bytes) => {
        if (isFirst) this.#count.messages_out += 1
        this.#count.bytes_out += bytes
      },
      control: (opcode, payload) => {
        if (opcode === opcodes.ping) this.#pings.sent(payload.toString('latin1'))
        else if (opcode === opcodes.close) this.#closed(options.role, payload)
      },
      single: (byte) => {
        if (options.engineIo && byte === ENGINE_PING) this.#pings.sent('')
      },
    })
    this.#watch(options.socket)
  }

  /** Bytes of the peer; also those that came together with its handshake, or behind its 101. */
  received(bytes: Buffer): void {
    if (bytes.length === 0) return
    const isAnswer = this.#options.role === 'client' && this.#head !== undefined
    if (isAnswer) this.#answer(bytes, this.#in)
    if (isAnswer || this.#isRefused || this.#in.push(bytes)) this.#lastRxAt = performance.now()
  }

  /** The handshake is answered; of a client, whose library has read the answer. */
  accepted(subprotocol: string | undefined): void {
    this.#head = undefined
    this.#isAccepted = true
    this.#openedAt = performance.now()
    this.#lastRxAt = this.#openedAt
    this.#options.tell({ kind: 'accepted', ...(subprotocol !== undefined && { subprotocol }) })
  }

  get isOpen(): boolean {
    return this.#isAccepted && this.#ending === undefined && !this.#options.socket.destroyed
  }

  /**
   * Sends a Close frame between two frames of the application, and ends the TCP connection of a peer that does not
   * answer it in time, or where no frame of ours has room. Does nothing where a Close frame has passed.
   */
  close(code: number, reason: string, timeoutMs: number): void {
    if (!this.isOpen) return
    const { socket } = this.#options
    const frame = encodeRawFrame({ opcode: opcodes.close, payload: encodeClosePayload(code, reason) })
    const patience = setTimeout(() => socket.destroy(), timeoutMs)
    const send = () => {
      if (!this.isOpen) return
      if (this.#out.isBetweenFrames) socket.write(frame)
      else setTimeout(send, LOOK_AGAIN_MS).unref()
    }
    socket.once('close', () => clearTimeout(patience))
    send()
  }

  /** Puts a look before four methods of this one socket. It runs for every chunk: nothing is made on the way. */
  #watch(socket: Duplex): void {
    const connection = this
    const { push, write, end, destroy } = socket
    Object.assign(socket, {
      push(this: Duplex, chunk: unknown, encoding?: BufferEncoding) {
        try {
          if (chunk === null) connection.#peerHasEnded = true
          else connection.received(chunk as Buffer)
        } catch {
          // Whatever we fail at must not become the application's failure; so below.
        }
        return push.call(this, chunk, encoding)
      },
      write(this: Duplex, chunk: unknown, encoding?: BufferEncoding, done?: () => void) {
        try {
          connection.#sent(chunk, encoding)
        } catch {}
        return write.call(this, chunk, encoding as BufferEncoding, done)
      },
      end(this: Duplex, chunk?: unknown, encoding?: BufferEncoding, done?: () => void) {
        try {
          if (typeof chunk !== 'function' && chunk != null) connection.#sent(chunk, encoding)
          if (!connection.#peerHasEnded) connection.#ended(connection.#options.role)
        } catch {}
        return end.call(this, chunk, encoding as BufferEncoding, done)
      },
      destroy(this: Duplex, error?: Error) {
        try {
          connection.#cut(error)
        } catch {}
        return destroy.call(this, error)
      },
    })
    socket.on(errorMonitor, (error: unknown) => {
      this.#socketError ??= systemCode(error)
    })
    socket.once('close', () => {
      try {
        this.#finish()
      } catch {}
    })
  }

  #sent(chunk: unknown, encoding: unknown): void {
    const bytes = bytesOf(chunk, encoding)
    if (bytes === undefined || this.#isRefused) return
    if (!this.#isAccepted && this.#options.role === 'server') this.#answer(bytes, this.#out)
    else if (this.#isAccepted && !this.#out.push(bytes)) return
    this.#lastTxAt = performance.now()
  }

  /** @param behind reads the frames of the side that answers */
  #answer(bytes: Buffer, behind: FrameMeter): void {
    const text = (this.#head ?? '') + bytes.toString('latin1')
    const end = text.indexOf('\r\n\r\n')
    const first = /^HTTP\/\d\.\d (\d{3})/.exec(text)
    if (end < 0 && text.length < LONGEST_HEAD && (first === null || first[1] === '101')) {
      this.#head = text
      return
    }
    const head = parseResponseHead(end < 0 ? text : text.slice(0, end))
    if (head?.status !== 101) {
      this.#refuse(head, end < 0 ? '' : text.slice(end + 4))
      return
    }
    this.accepted(headerOf(head.headers, 'Sec-WebSocket-Protocol'))
    const rest = text.slice(end + 4)
    if (rest !== '') behind.push(Buffer.from(rest, 'latin1'))
  }

  #refuse(head: ReturnType<typeof parseResponseHead>, body: string): void {
    this.#isRefused = true
    this.#head = undefined
    const by = this.#options.role === 'server' ? answererOf(new Error()) : undefined
    // Pages are not reasons; a sentence is.
    const sentence = /^\s*[^<{\s][^<>]*$/.test(body) ? body : (head?.statusText ?? 'not an answer of HTTP')
    this.#options.tell({
      kind: 'rejected',
      cause: 'application',
      reason: shorten(maskText(sentence.trim()), LONGEST_REASON),
      ...(head !== undefined && { status: head.status }),
      ...(by !== undefined && { by }),
    })
  }

  #answered(ping: { readonly number: number; readonly rttMs: number } | undefined): void {
    if (ping === undefined) return
    this.#options.tell({ kind: 'heartbeat', ping_number: ping.number, rtt_ms: rounded(ping.rttMs) })
  }

  #closed(initiator: Role, payload: Buffer): void {
    if (this.#ending !== undefined) return
    const { code, reason } = readClosePayload(payload)
    // No code of RFC 6455 (§7.4.2): whoever receives it ends the connection over that, and says so itself.
    if (code !== null && (code < 1000 || code > 4999)) return
    this.#endsWith({ code: code ?? 1005, reason: maskText(reason), initiator })
  }

  #ended(initiator: Role | 'network'): void {
    this.#endsWith({ code: 1006, reason: '', initiator })
  }

  #endsWith(ending: Ending): void {
    this.#noteBuffered()
    if (this.#ending !== undefined) return
    this.#ending = ending
    const waiting = this.#pings.waiting()
    if (ending.initiator !== this.#options.role || waiting === undefined) return
    // That nothing came since the ping, for longer than answers take, is why this side ended it.
    const isSilent = performance.now() - this.#lastRxAt >= waiting.ms
    if (!isSilent || waiting.ms <= Math.max(1000, 4 * this.#pings.longestRttMs)) return
    this.#missed = { ping_number: waiting.number, waited_ms: rounded(waiting.ms) }
    // Engine.IO gives up with an empty Close frame, which whoever does not answer seldom gets: it is no end by a code.
    if (ending.code === 1005 || ending.code === 1006) {
      const reason = `no pong within ${Number((waiting.ms / 1000).toFixed(1))} s`
      this.#ending = { code: 1006, reason, initiator: 'network' }
    }
    this.#unacknowledged = unacknowledgedOf(this.#options.socket as Ends)
  }

  #cut(error: unknown): void {
    this.#noteBuffered()
    const code = systemCode(error)
    if (code !== undefined) this.#socketError ??= code
    // Node itself destroys a socket that both sides have ended.
    if (this.#ending === undefined && !this.#peerHasEnded)
      this.#ended(code === undefined ? this.#options.role : 'network')
  }

  /** Before the socket throws it away. */
  #noteBuffered(): void {
    this.#buffered ||= this.#options.socket.writableLength
  }

  #finish(): void {
    const { tell, ended, isDraining } = this.#options
    if (this.#isAccepted) {
      const { code, reason, initiator } = this.#ending ?? { code: 1006, reason: '', initiator: 'network' }
      const now = performance.now()
      const sinceRxMs = now - this.#lastRxAt
      if (this.#missed !== undefined) tell({ kind: 'pong_timeout', ...this.#missed })
      const sincePongMs = this.#pings.sincePongMs()
      tell({
        kind: 'disconnected',
        close_code: code,
        reason: shorten(reason),
        initiator,
        duration_ms: rounded(now - this.#openedAt),
        pings: this.#pings.count,
        pongs: this.#pings.answers,
        ...this.#count,
        silence_ms: rounded(now - Math.max(this.#lastRxAt, this.#lastTxAt)),
        since_rx_ms: rounded(sinceRxMs),
        ...(sincePongMs !== undefined && { since_pong_ms: rounded(sincePongMs) }),
        missed_pongs: this.#pings.missed,
        event_loop_delay_ms: loopDelay().longestWithin(
          Math.max(sinceRxMs, LEAST_LOOK_BACK_MS),
          this.#openedAt,
        ),
        buffered_bytes: this.#buffered,
        ...(this.#unacknowledged !== undefined && {
          unacked_bytes: this.#unacknowledged.bytes,
          retransmits: this.#unacknowledged.retransmits,
        }),
        draining: isDraining(),
        ...(this.#socketError !== undefined && { socket_error: this.#socketError }),
      })
    } else if (!this.#isRefused) {
      tell({
        kind: 'rejected',
        cause: 'application',
        // Who ends the connection gets an end, or a reset, of its peer in return.
        reason:
          this.#ending?.initiator !== this.#options.role && (this.#peerHasEnded || this.#socketError)
            ? PEER_LEFT
            : NO_ANSWER,
      })
    }
    ended()
    this.#resolveDone()
  }
}

/** `2` and `3` of Engine.IO's packets. */
const ENGINE_PING = 0x32
const ENGINE_PONG = 0x33

function bytesOf(chunk: unknown, encoding: unknown): Buffer | undefined {
  if (typeof chunk === 'string')
    return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
  if (Buffer.isBuffer(chunk)) return chunk
  return chunk instanceof Uint8Array ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : undefined
}

/** The code of an error of the system or of TLS; an application that destroys a socket with an error of its own has none. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = errorCode(error)
  return 'syscall' in error || code?.startsWith('ERR_SSL_') || code === 'EPROTO' ? code : undefined
}

/** Microseconds are as much as the clock tells. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000
