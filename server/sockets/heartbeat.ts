/**
 * The heartbeat of one connection: a ping every interval, its round trip, and the verdict on silence.
 *
 * Beats keep their phase (the n-th is due at start + n × interval), so that lateness does not add up.
 */
import type { Slots, SlotTask } from '#server/sockets/slots.ts'

export interface HeartbeatOptions {
  readonly slots: Slots
  readonly intervalMs: number
  /** Below the interval, so that at most one ping is unanswered. */
  readonly timeoutMs: number
  /** Sends a protocol ping whose payload is the number, from 1. */
  readonly ping: (pingNumber: number) => void
  readonly answered: (pingNumber: number, rttMs: number) => void
  readonly timedOut: (pingNumber: number, waitedMs: number) => void
  /** False while we ourselves do not read, so that a pong may be waiting unread: then silence proves nothing. */
  readonly listening: () => boolean
}

export interface Heartbeat {
  readonly pings: number
  readonly pongs: number
  /** A pong frame arrived. Only the payload of the open ping answers it (RFC 6455 §5.5.3). */
  pong(payload: Buffer): void
  stop(): void
}

export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { slots, intervalMs, timeoutMs } = options
  let due = slots.now() + intervalMs
  let pings = 0
  let pongs = 0
  let waiting = false
  let stopped = false
  let sentAt = 0

  const scheduleBeat = () => {
    due += intervalMs
    // After a blocked loop the missed beats are left out, the phase is kept.
    const late = slots.now() - due
    if (late > 0) due += Math.ceil(late / intervalMs) * intervalMs
    slots.schedule(beat, due)
  }

  const judge = () => {
    if (stopped || !waiting) return
    const waitedMs = slots.now() - sentAt
    if (!options.listening()) slots.schedule(deadline, slots.now() + timeoutMs)
    else options.timedOut(pings, waitedMs)
  }

  const beat: SlotTask = {
    run: () => {
      pings += 1
      waiting = true
      sentAt = slots.now()
      slots.schedule(deadline, sentAt + timeoutMs)
      options.ping(pings)
    },
  }

  const deadline: SlotTask = {
    // If it was this process that was busy, the pong lies in the kernel: one poll first, then the verdict.
    run: () => setImmediate(judge),
  }

  slots.schedule(beat, due)
  return {
    get pings() {
      return pings
    },
    get pongs() {
      return pongs
    },
    pong: (payload) => {
      if (!waiting || payload.toString('latin1') !== String(pings)) return
      waiting = false
      pongs += 1
      options.answered(pings, slots.now() - sentAt)
      if (stopped) return
      slots.cancel(deadline)
      // Not by the deadline: a timeout just below the interval ends in the slot of the next beat, or behind it.
      scheduleBeat()
    },
    stop: () => {
      stopped = true
      slots.cancel(beat)
      slots.cancel(deadline)
    },
  }
}
