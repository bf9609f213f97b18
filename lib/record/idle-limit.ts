/** What one row tells of an idle limit: how much silence its connections came through, and how much stood before a drop. */
import type { Connection } from '#lib/store/connection/connection.ts'
import { isOpen } from '#lib/store/connection/connection-state.ts'
import { describeRoughly } from '#lib/text/duration.ts'

export interface IdleLimit {
  /** The longest silence that did no harm, the present one included; 0: none was seen. In milliseconds. */
  readonly survivedMs: number
  /** The shortest that ended in a drop; null: nothing was dropped idle. */
  readonly droppedMs: number | null
  /** One sentence. */
  readonly says: string
}

/** Nobody's idle timer is shorter: before such a drop the connection was in use. */
const SHORTEST_IDLE_MS = 400
/** Clocks and timers are not more exact than this. */
const SAME = 1.02

type Known = Pick<Connection, 'state' | 'traffic' | 'losses' | 'survivedMs'>

/** @param nowMs epoch milliseconds */
export function readIdleLimit({ state, traffic, losses, survivedMs }: Known, nowMs: number): IdleLimit {
  const presentMs = state.phase === 'open' && traffic.lastByteAt !== null ? nowMs - traffic.lastByteAt : 0
  const survived = Math.max(survivedMs, presentMs, 0)
  const silences = losses.kept
    .map((loss) => loss.state.at - loss.lastByteAt)
    .filter((ms) => ms >= SHORTEST_IDLE_MS)
  const dropped = silences.length === 0 ? null : Math.min(...silences)
  return { survivedMs: survived, droppedMs: dropped, says: wordsOf(survived, dropped, isOpen(state)) }
}

function wordsOf(survivedMs: number, droppedMs: number | null, isNow: boolean): string {
  const survived = describeRoughly(survivedMs)
  if (droppedMs === null) {
    if (survivedMs < SHORTEST_IDLE_MS) return isNow ? 'No silence to judge by yet.' : 'Nothing is known yet.'
    return isNow ? 'No limit found so far. It is still being watched.' : 'No limit found.'
  }
  const dropped = describeRoughly(droppedMs)
  if (survivedMs > droppedMs * SAME) {
    return `Not an idle limit: it dropped after ${dropped} of silence, but survived ${survived}.`
  }
  if (survivedMs < SHORTEST_IDLE_MS) return `At most ${dropped}, if silence is the reason.`
  return `Between ${survived} and ${dropped}, if silence is the reason.`
}
