/** What a row lost, in a few words: "dropped 3×, each after 7.9 s". */
import type { Loss, Losses } from '#lib/store/connection/connection.ts'
import { describeRoughly } from '#lib/text/duration.ts'

/** Null where nothing was lost. */
export function lossWords({ count, kept }: Losses): string | null {
  if (count === 0) return null
  const kinds = [...Map.groupBy(kept, kindOf)]
  const what =
    kinds.length === 1
      ? `${kinds[0]?.[0]} ${times(count)}`
      : `ended ${times(count)} (${kinds.map(([kind, of]) => `${kind} ${times(of.length)}`).join(', ')})`
  return `${what}, ${afterWords(kept.map(({ state }) => state.lastedMs))}`
}

/** `dropped` without a Close frame, `closed 1011` with one. */
function kindOf({ state }: Loss): string {
  if (state.how === 'close-frame') return `closed ${state.code}`
  return state.how === 'dropped' ? 'dropped' : 'broke the protocol'
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count}×`
}

function afterWords(ages: readonly number[]): string {
  const least = Math.min(...ages)
  const most = Math.max(...ages)
  if (ages.length > 1 && areAlike(least, most)) return `each after ${describeRoughly((least + most) / 2)}`
  return least === most
    ? `after ${describeRoughly(least)}`
    : `after ${describeRoughly(least)} to ${describeRoughly(most)}`
}

/** As far apart as timers and networks make equal ages, and no further. */
function areAlike(leastMs: number, mostMs: number): boolean {
  return mostMs - leastMs <= Math.max(mostMs * 0.02, Math.min(400, mostMs * 0.2))
}
