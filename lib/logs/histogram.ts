/** Equal bins over values, with borders at round numbers so that a person can read them. */
import type { Point } from '#lib/stats/sketch.ts'

export type Histogram = { fromMs: number; binMs: number; counts: number[] }

/** Round widths from 100 ms to a day. */
const WIDTHS_MS = [
  100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
  3_600_000, 7_200_000, 21_600_000, 86_400_000,
]

/** At most `most` bins from the smallest to the largest value, in ms; undefined without values. */
export function histogramOf(
  points: readonly Pick<Point, 'value' | 'count'>[],
  most = 20,
): Histogram | undefined {
  if (points.length === 0) return undefined
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { value } of points) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const needed = (high - low) / most
  const binMs =
    WIDTHS_MS.find((width) => width >= needed && fits(low, high, width, most)) ?? Math.ceil(needed) + 1
  const fromMs = Math.floor(low / binMs) * binMs
  const counts = new Array<number>(Math.floor((high - fromMs) / binMs) + 1).fill(0)
  for (const { value, count } of points) {
    const index = Math.floor((value - fromMs) / binMs)
    counts[index] = (counts[index] ?? 0) + count
  }
  return { fromMs, binMs, counts }
}

function fits(low: number, high: number, width: number, most: number): boolean {
  return Math.floor(high / width) - Math.floor(low / width) + 1 <= most
}
