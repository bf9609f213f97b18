/** From fine bins to the bars that are drawn: at the borders of fine bins, so that a bar and its filter mean the same rows. */

import { type FineBin, fineBinEnd, fineBinOf } from '#lib/stats/ends-tally.ts'
import { describeRoughly } from '#lib/text/duration.ts'

export interface Bar {
  readonly fromMs: number
  readonly toMs: number
  readonly count: number
}

/** Each a quarter longer than the one before, 60 s in the middle of one: known timers do not fall on a border. */
const RATIO = 1.25
const CENTRE_MS = 60_000
/** What is shorter is one bar. */
const LEAST_MS = 1000
const FEWEST_BARS = 6
const MOST_EQUAL = 30
const EQUAL_WIDTHS_MS = [
  50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 3_600_000, 21_600_000,
  86_400_000,
]

/** Beyond all that was ever seen. */
const LONGEST_MS = 604_800_000

const border = (step: number): number => fineBinOf(Math.round(CENTRE_MS * RATIO ** (step - 0.5)))
const stepOf = (ms: number): number => Math.floor(Math.log(ms / CENTRE_MS) / Math.log(RATIO) + 0.5)

/** Bars over all values, from the first to the last that holds something; longer ones the further out, equal ones over a short stretch. */
export function barsOf(bins: readonly FineBin[]): Bar[] {
  const first = bins[0]?.[0]
  const last = bins.at(-1)?.[0]
  if (first === undefined || last === undefined) return []
  const borders = bordersOf(first, last)
  const bars = borders
    .slice(0, -1)
    .map((fromMs, index) => ({ fromMs, toMs: borders[index + 1] ?? fromMs, count: 0 }))
  let at = 0
  for (const [low, count] of bins) {
    while (at < bars.length - 1 && low >= (bars[at]?.toMs ?? 0)) at++
    const bar = bars[at]
    if (bar !== undefined) bar.count += count
  }
  return bars
}

function bordersOf(first: number, last: number): number[] {
  const [from, to] = [stepOf(Math.max(first, LEAST_MS)), stepOf(Math.max(last, LEAST_MS))]
  if (to - from < FEWEST_BARS) return equalBorders(first, last)
  const borders = first < LEAST_MS ? [0] : []
  // A value may stand just below the border that its own step has after rounding.
  const begin = first < LEAST_MS ? stepOf(LEAST_MS) + 1 : border(from) > first ? from - 1 : from
  for (let step = begin; border(step) <= last; step++) borders.push(border(step))
  borders.push(border(stepOf(Math.max(last, LEAST_MS)) + 2))
  return [...new Set(borders)].sort((one, other) => one - other)
}

function equalBorders(first: number, last: number): number[] {
  const finest = fineBinEnd(last) - last
  const width = EQUAL_WIDTHS_MS.find((ms) => ms >= finest && (last - first) / ms < MOST_EQUAL) ?? LONGEST_MS
  // Some room on both sides, so that a single value stands in the middle.
  const from = Math.max(0, Math.floor(first / width) * width - 4 * width)
  const count = Math.floor((last - from) / width) + 5
  return Array.from({ length: count + 1 }, (_, index) => from + index * width)
}

/** `59.9 s to 60.1 s`. */
export function spanWords(fromMs: number, toMs: number): string {
  return `${edgeWords(fromMs)} to ${edgeWords(toMs)}`
}

const edgeWords = (ms: number): string =>
  ms >= 1000 && ms < 100_000 ? `${Number((ms / 1000).toFixed(2))} s` : ms === 0 ? '0 s' : describeRoughly(ms)

/** Seconds that people think in, those that matter most first. */
const ROUND_SECONDS: readonly (readonly [seconds: number, label: string])[] = [
  [0, '0'],
  [1, '1 s'],
  [10, '10 s'],
  [60, '1 min'],
  [600, '10 min'],
  [3600, '1 h'],
  [14_400, '4 h'],
  [86_400, '1 d'],
  [3, '3 s'],
  [30, '30 s'],
  [300, '5 min'],
  [1800, '30 min'],
]

/** The values on the axis below bars of durations. */
export function ticksOf(bars: readonly Bar[]): { atMs: number; label: string }[] {
  const [first] = bars
  const last = bars.at(-1)
  if (first === undefined || last === undefined) return []
  const isEqual = last.toMs - last.fromMs === first.toMs - first.fromMs
  if (!isEqual) return ROUND_SECONDS.map(([seconds, label]) => ({ atMs: seconds * 1000, label }))
  const step = Math.ceil(bars.length / 5)
  return bars
    .filter((_, at) => at % step === 0)
    .map(({ fromMs }) => ({ atMs: fromMs, label: edgeWords(fromMs) }))
}

/** Where on the bars a moment stands, from 0 to 1; null outside. */
export function placeOf(bars: readonly Bar[], ms: number): number | null {
  const index = bars.findIndex(({ fromMs, toMs }) => ms >= fromMs && ms < toMs)
  const bar = bars[index]
  if (bar === undefined) return null
  return (index + (ms - bar.fromMs) / (bar.toMs - bar.fromMs)) / bars.length
}
