/** What the drops of one row have in common: age, idle time or the moment. In a sentence, with what would decide. */
import type { Cluster } from '#lib/logs/clusters.ts'
import { type LifetimePicture, pictureOf } from '#lib/logs/lifetimes.ts'
import type { Loss } from '#lib/store/connection/connection.ts'
import { describeRoughly } from '#lib/text/duration.ts'

export interface LossReading {
  /** Null while there are too few to compare. */
  readonly says: string | null
  /** Whether a heartbeat would tell an idle timeout from a maximum age. */
  readonly heartbeatDecides: boolean
}

/** Fewer equal drops than this are a coincidence. */
const FEWEST = 3
/** Nobody's idle timer is shorter. */
const SHORTEST_IDLE_MS = 400

/**
 * @param losses of the row
 * @param beside of other rows to the same host, which tell of a moment that all of them shared
 */
export function readLosses(losses: readonly Loss[], beside: readonly Loss[] = []): LossReading {
  const dropped = losses.filter(wasDropped)
  const last = dropped.at(-1)
  // A Close frame says itself why; only what ended without one is told by its times.
  if (last === undefined) return { says: null, heartbeatDecides: false }
  const own = patternOf(dropped)
  const idleMs = last.state.at - last.lastByteAt
  const heartbeatDecides = idleMs >= SHORTEST_IDLE_MS && !(own.kind === 'lifetime' && own.or === undefined)
  if (own.kind === 'none') {
    const all = patternOf([...dropped, ...beside.filter(wasDropped)])
    if (all.kind === 'reload') return { says: momentWords(all.count), heartbeatDecides: false }
  }
  return { says: dropped.length < FEWEST ? null : wordsOf(own, dropped.length), heartbeatDecides }
}

const wasDropped = ({ state }: Loss): boolean => state.how === 'dropped'

function patternOf(losses: readonly Loss[]): LifetimePicture['pattern'] {
  const { pattern } = pictureOf(
    losses.map(({ state, lastByteAt }) => ({
      openedMs: state.opened.openedAt,
      lastByteMs: lastByteAt,
      closedMs: state.at,
    })),
  )
  return pattern
}

function wordsOf(pattern: LifetimePicture['pattern'], dropped: number): string {
  switch (pattern.kind) {
    case 'none':
      return `No common age or idle time in ${dropped} drops.`
    case 'reload':
      return momentWords(pattern.count)
    case 'idle': {
      const when = `${manyOf(pattern.cluster)} after ${describeRoughly(pattern.cluster.valueMs)} without a message`
      return pattern.or === undefined
        ? `${when}, at different ages. An idle timeout fits.`
        : `${when}. An idle timeout and a maximum age both fit. A heartbeat tells them apart.`
    }
    case 'lifetime': {
      const when = `${manyOf(pattern.cluster)} at the same age, ${describeRoughly(pattern.cluster.valueMs)}`
      return pattern.or === undefined
        ? `${when}, idle for different times. A maximum age fits, an idle timeout does not.`
        : `${when}, each idle for the same time. A heartbeat tells an idle timeout from a maximum age.`
    }
  }
}

function manyOf({ count, of }: Cluster): string {
  return count === of ? `${of} drops, each` : `${count} of ${of} drops`
}

function momentWords(count: number): string {
  return `${count} connections dropped at the same moment, at different ages. A restart, deploy or proxy reload fits.`
}
