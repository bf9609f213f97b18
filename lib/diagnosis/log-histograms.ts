/** The three histograms of many connections, as `why1006 logs --json` and `watch --json` print them. */
import { histogramOf } from '#lib/logs/histogram.ts'
import { ageOf, type Lifetime, silenceOf } from '#lib/logs/lifetimes.ts'

/** Equal bins from `from_ms` on (epoch milliseconds for the wall clock). */
export type Bins = { from_ms: number; bin_ms: number; counts: number[] }

/** Age at the end, silence before it, and the wall clock; a histogram without a value is absent. */
export type Histograms = { age?: Bins; silence?: Bins; wall_clock?: Bins }

export function histogramsOf(lifetimes: readonly Lifetime[]): Histograms {
  return {
    age: binsOf(lifetimes.flatMap((lifetime) => ageOf(lifetime) ?? [])),
    silence: binsOf(lifetimes.flatMap((lifetime) => silenceOf(lifetime) ?? [])),
    wall_clock: binsOf(lifetimes.flatMap(({ closedMs }) => closedMs ?? [])),
  }
}

function binsOf(values: readonly number[]): Bins | undefined {
  const histogram = histogramOf(values)
  return histogram && { from_ms: histogram.fromMs, bin_ms: histogram.binMs, counts: histogram.counts }
}
