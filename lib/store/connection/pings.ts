/**
 * What the page sent that will be answered, in order; from it come round trips, unanswered pings, and the
 * suspicion that a connection is half-open.
 */
import type { PingLedger } from '#lib/store/connection/connection.ts'
import type { Look } from '#lib/store/kit/attention.ts'
import { createTracker } from '#lib/store/kit/tracker.ts'

const noPings: PingLedger = { sent: 0, answered: 0, unansweredInRow: 0, unanswered: 0 }

/** Two page pings in a row without an answer or any other sign of life. */
export const SUSPECT_AFTER = 2
/** A server that never answers must not make the list grow. */
const PENDING_LIMIT = 1_000

interface Pending {
  readonly sentAt: number
  readonly watchedMs: number
  readonly isPing: boolean
  /** Given up, but its answer may still come: it must not pass for the next one's. */
  isLost: boolean
}

export interface Answered {
  /** Null where the page was blind between: the time says nothing then. */
  readonly roundTripMs: number | null
  readonly isPing: boolean
}

export interface PingKeeper {
  sent(look: Look, isPing: boolean): void
  /** The oldest message that waits got its answer; null when none waits. */
  answered(look: Look): Answered | null
  /** Anything arrived: the peer is alive, whatever it left unanswered. */
  sawLife(): void
  /** Gives up pings older than the timeout, by watched time, and returns when they were sent. */
  expire(look: Look, timeoutMs: number): readonly number[]
  reset(): void
  view(): PingLedger
}

/**
 * @param answersInOrder this server's way: a late answer still belongs to its ping. Elsewhere any next message
 *   counts as the answer, so a ping that was given up is forgotten.
 */
export function createPingKeeper(answersInOrder: boolean): PingKeeper {
  const ledger = createTracker(noPings)
  let pending: Pending[] = []

  return {
    sent(look, isPing) {
      if (pending.length === PENDING_LIMIT) pending.shift()
      pending.push({ sentAt: look.now, watchedMs: look.watchedMs, isPing, isLost: false })
      if (isPing) ledger.update({ sent: ledger.view().sent + 1 })
    },
    answered(look) {
      const first = pending.shift()
      if (first === undefined) return null
      if (first.isPing) ledger.update({ answered: ledger.view().answered + 1 })
      const wasBlind = look.blindUntil !== null && look.blindUntil > first.sentAt
      return { roundTripMs: wasBlind ? null : look.now - first.sentAt, isPing: first.isPing }
    },
    sawLife() {
      if (ledger.view().unansweredInRow > 0) ledger.update({ unansweredInRow: 0 })
    },
    expire(look, timeoutMs) {
      if (look.wasBlind) return []
      const lost = pending.filter(
        (ping) => ping.isPing && !ping.isLost && look.watchedMs - ping.watchedMs > timeoutMs,
      )
      for (const ping of lost) ping.isLost = true
      if (!answersInOrder) pending = pending.filter((ping) => !ping.isLost)
      if (lost.length > 0) {
        const { unanswered, unansweredInRow } = ledger.view()
        ledger.update({
          unanswered: unanswered + lost.length,
          unansweredInRow: unansweredInRow + lost.length,
        })
      }
      return lost.map(({ sentAt }) => sentAt)
    },
    reset() {
      pending = []
      ledger.reset()
    },
    view: ledger.view,
  }
}
