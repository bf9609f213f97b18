/** The three histograms of many connections, as `why1006 logs --json` and `watch --json` print them. */
import { histogramOf } from '#lib/logs/histogram.ts'
import { type Lifetime, type LifetimeReading, readingOf } from '#lib/logs/lifetimes.ts'
import type { Point } from '#lib/stats/sketch.ts'

/** Equal bins from `from_ms` on (epoch milliseconds for the wall clock). */
export type Bins = { from_ms: number; bin_ms: number; counts: number[] }

/** Age at the end, silence before it, and the wall clock; a histogram without a value is absent. */
export type Histograms = { age?: Bins; silence?: Bins; wall_clock?: Bins }

export const histogramsOf = (lifetimes: readonly Lifetime[]): Histograms =>
  histogramsOfReading(readingOf(lifetimes))

export function histogramsOfReading(reading: LifetimeReading): Histograms {
  const { ages, silences, ends } = reading.points()
  return { age: binsOf(ages), silence: binsOf(silences), wall_clock: binsOf(ends) }
}

/** Bars of a time line: ends, from the first to the last. */
const MOST_OF_TIME_LINE = 60

export const timelineOf = (reading: LifetimeReading): Bins | undefined =>
  binsOf(reading.points().ends, MOST_OF_TIME_LINE)

function binsOf(points: readonly Point[], most?: number): Bins | undefined {
  const histogram = histogramOf(points, most)
  return histogram && { from_ms: histogram.fromMs, bin_ms: histogram.binMs, counts: histogram.counts }
}
