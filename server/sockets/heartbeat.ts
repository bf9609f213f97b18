/**
 * The heartbeat of one connection: a ping every interval, its round trip, and the verdict on silence.
 *
 * Beats keep their phase (the n-th is due at start + n × interval), so that lateness does not add up.
 */
import type { Slots, SlotTask } from '#server/sockets/slots.ts'

/** Whose connection it is. */
export interface Pinger {
  /** Sends a protocol ping whose payload is the number, from 1. */
  ping(pingNumber: number): void
  answered(pingNumber: number, rttMs: number): void
  timedOut(pingNumber: number, waitedMs: number): void
  /** False while we ourselves do not read, so that a pong may be waiting unread: then silence proves nothing. */
  isListening(): boolean
}

/** Every connection has one for as long as it is open, so it is a single object that stands in the slots itself. */
export class Heartbeat implements SlotTask {
  pings = 0
  pongs = 0
  slot: number | undefined
  readonly #slots: Slots
  readonly #pinger: Pinger
  readonly #intervalMs: number
  readonly #timeoutMs: number
  /** When the next ping is due. */
  #due: number
  #sentAt = 0
  /** The last ping is unanswered: what stands in the slots is its deadline, else the next ping. */
  #isWaiting = false
  #isStopped = false

  /** @param timeoutMs below the interval, so that at most one ping is unanswered */
  constructor(slots: Slots, pinger: Pinger, intervalMs: number, timeoutMs: number) {
    this.#slots = slots
    this.#pinger = pinger
    this.#intervalMs = intervalMs
    this.#timeoutMs = timeoutMs
    this.#due = slots.now() + intervalMs
    slots.schedule(this, this.#due)
  }

  run(): void {
    // If it was this process that was busy, the pong lies in the kernel: one poll first, then the verdict.
    if (this.#isWaiting) setImmediate(() => this.#judge())
    else this.#beat()
  }

  /** A pong frame arrived. Only the payload of the open ping answers it (RFC 6455 §5.5.3). */
  pong(payload: Buffer): void {
    if (!this.#isWaiting || payload.toString('latin1') !== String(this.pings)) return
    this.#isWaiting = false
    this.pongs += 1
    this.#pinger.answered(this.pings, this.#slots.now() - this.#sentAt)
    // Not by the deadline: a timeout just below the interval ends in the slot of the next beat, or behind it.
    if (!this.#isStopped) this.#scheduleBeat()
  }

  stop(): void {
    this.#isStopped = true
    this.#slots.cancel(this)
  }

  #beat(): void {
    this.pings += 1
    this.#isWaiting = true
    this.#sentAt = this.#slots.now()
    this.#slots.schedule(this, this.#sentAt + this.#timeoutMs)
    this.#pinger.ping(this.pings)
  }

  #scheduleBeat(): void {
    this.#due += this.#intervalMs
    // After a blocked loop the missed beats are left out, the phase is kept.
    const late = this.#slots.now() - this.#due
    if (late > 0) this.#due += Math.ceil(late / this.#intervalMs) * this.#intervalMs
    this.#slots.schedule(this, this.#due)
  }

  #judge(): void {
    if (this.#isStopped || !this.#isWaiting) return
    const now = this.#slots.now()
    if (this.#pinger.isListening()) this.#pinger.timedOut(this.pings, now - this.#sentAt)
    else this.#slots.schedule(this, now + this.#timeoutMs)
  }
}
