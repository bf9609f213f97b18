/** What many values have in common: a value that most of them are close to, moments that they crowd at, an equal distance. */
import { type KeyOf, type Point, Sketch, valueAt } from '#lib/stats/sketch.ts'

/** Values that lie close together: `value` is their median. */
export type Cluster = { valueMs: number; spreadMs: number; count: number; of: number }
export type Moment = { atMs: number; count: number }

/** Ends one after the other in equal distance, where nobody saw the openings: each connection lived that long at most. */
export type Rhythm = { everyMs: number; count: number }

/** Fewer equal values than this are a coincidence. */
export const FEWEST = 3
/** A pattern explains at least this share of the connections. */
export const SHARE = 0.5
/** Or this share, where the values crowd so much that chance is out of the question: a timer that only some meet. */
const SHARP = { share: 0.15, fewest: 5, denser: 12, fromMs: 5000 }
/** Ends within this time of each other count as one moment. */
export const MOMENT_MS = 2000
/** A cluster must be this many times denser than an even spread over the rest. */
const DENSER = 3

/** Round, so that no bin of a histogram is across a border of theirs. */
const WIDTHS_MS = [1, 2, 5, 10, 20, 50]
  .flatMap((ten) => [50 * ten, 5000 * ten, 500_000 * ten])
  .sort((a, b) => a - b)
const WIDEST_MS = WIDTHS_MS.at(-1) ?? 0

/** Ages and silences in ms: 50 ms, or 0.25 % of what is longer than 20 s; a cluster is eight times as wide. */
export const spanKey: KeyOf = (value, level) => {
  const width = WIDTHS_MS.findLast((each) => each <= value * 0.0025) ?? (value < 20_000 ? 50 : WIDEST_MS)
  return Math.floor(value / (width * 2 ** (level - 1))) * width * 2 ** (level - 1)
}

/**
 * The densest group of values, when it is no coincidence: at least three, half of all and denser than an even
 * spread would be, or fewer and much denser. nginx may cut 0.3 s early and every timer a little late, hence the width.
 */
export function clusterOf(values: readonly number[], resolutionMs = 1): Cluster | undefined {
  const sketch = new Sketch(spanKey)
  for (const value of values) sketch.add(value, value)
  return clusterOfPoints(sketch.points(), resolutionMs)
}

export function clusterOfPoints(points: readonly Point[], resolutionMs: number): Cluster | undefined {
  const of = countOf(points)
  if (of < FEWEST) return undefined
  const valueIn = (index: number): number => points[index]?.value ?? 0
  let best = { from: 0, to: 0, count: 0 }
  let [from, count] = [0, 0]
  for (const [to, point] of points.entries()) {
    count += point.count
    for (; valueIn(to) - valueIn(from) > widthMs(valueIn(from), resolutionMs); from++)
      count -= points[from]?.count ?? 0
    if (count > best.count) best = { from, to: to + 1, count }
  }
  const members = points.slice(best.from, best.to)
  const valueMs = valueAt(members, best.count >> 1)
  const width = widthMs(valueMs, resolutionMs)
  if (best.count < FEWEST || valueMs < width * 2) return undefined
  const range = spreadOf(points)
  const expected = range <= width ? 0 : (of * width) / range
  if (!crowded(best.count, of, expected, valueMs)) return undefined
  return { valueMs, spreadMs: spreadOf(members), count: best.count, of }
}

const countOf = (points: readonly Point[]): number => points.reduce((sum, { count }) => sum + count, 0)

/** From the smallest of the values to the largest: each carries itself. */
function spreadOf(points: readonly Point[]): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const point of points) {
    low = Math.min(low, point.low)
    high = Math.max(high, point.high)
  }
  return high - low
}

function crowded(count: number, of: number, expected: number, valueMs: number): boolean {
  const share = count / of
  if (share >= SHARE) return expected === 0 || count >= expected * DENSER || share >= 0.9
  const { share: least, fewest, denser, fromMs } = SHARP
  return share >= least && count >= fewest && count >= expected * denser && valueMs >= fromMs
}

function widthMs(valueMs: number, resolutionMs: number): number {
  return Math.max(400, valueMs * 0.02) + (resolutionMs > 1 ? resolutionMs : 0)
}

/** @param ends each carries the ages of what ended there */
export function momentsOfPoints(ends: readonly Point[], momentMs: number): Moment[] {
  const all = countOf(ends)
  const [first, last] = [ends[0], ends.at(-1)]
  if (first === undefined || last === undefined || all < FEWEST) return []
  const span = last.value - first.value
  const usual = span <= momentMs ? 0 : (all * momentMs) / span
  const fewest = Math.max(FEWEST, usual * DENSER)
  const found: Moment[] = []
  const ages = new AgesInWindow(ends)
  let [from, to, count] = [0, 0, 0]
  while (from < ends.length) {
    const begin = ends[from]?.value ?? 0
    for (; to < ends.length && (ends[to]?.value ?? 0) - begin <= momentMs; to++) {
      ages.take(to)
      count += ends[to]?.count ?? 0
    }
    ages.leave(from)
    if (count >= fewest && ages.differ()) {
      found.push({ atMs: valueAt(ends.slice(from, to), count >> 1), count })
      from = to
      count = 0
    } else {
      count -= ends[from]?.count ?? 0
      from++
    }
  }
  return found
}

/**
 * The known ages in a window that only moves on; each point enters and leaves once. Kept are those that can still have the
 * least, which rise, and those that can still have the greatest, which fall.
 */
class AgesInWindow {
  readonly #ends: readonly Point[]
  readonly #rising: number[] = []
  readonly #falling: number[] = []
  #firstRising = 0
  #firstFalling = 0
  #from = 0
  #known = 0

  constructor(ends: readonly Point[]) {
    this.#ends = ends
  }

  /** The next one comes in. */
  take(index: number): void {
    const point = this.#ends[index]
    if (point === undefined || point.known === 0) return
    this.#known += point.known
    while (this.#rising.length > this.#firstRising && this.#low(this.#rising.at(-1)) >= point.low)
      this.#rising.pop()
    while (this.#falling.length > this.#firstFalling && this.#high(this.#falling.at(-1)) <= point.high)
      this.#falling.pop()
    this.#rising.push(index)
    this.#falling.push(index)
  }

  /** Those before `from` go. */
  leave(from: number): void {
    for (; this.#from < from; this.#from++) this.#known -= this.#ends[this.#from]?.known ?? 0
    while ((this.#rising[this.#firstRising] ?? from) < from) this.#firstRising++
    while ((this.#falling[this.#firstFalling] ?? from) < from) this.#firstFalling++
  }

  /** Ages that are unknown may differ; ages that are all equal mean that the connections were opened together. */
  differ(): boolean {
    if (this.#known < FEWEST) return true
    return (
      this.#high(this.#falling[this.#firstFalling]) - this.#low(this.#rising[this.#firstRising]) > MOMENT_MS
    )
  }

  #low(index = -1): number {
    return this.#ends[index]?.low ?? 0
  }

  #high(index = -1): number {
    return this.#ends[index]?.high ?? 0
  }
}

/** Shorter distances are those of a client that tries again and again. */
const SHORTEST_RHYTHM_MS = 10_000

/** Two equal distances need to be more equal than many. */
export function rhythmOf(sorted: readonly number[]): Rhythm | undefined {
  if (sorted.length < FEWEST) return undefined
  const distances = sorted
    .slice(1)
    .map((end, index) => end - at(sorted, index))
    .sort((a, b) => a - b)
  const everyMs = at(distances, distances.length >> 1)
  const spreadMs = at(distances, distances.length - 1) - at(distances, 0)
  const most = distances.length > 2 ? Math.max(3000, everyMs * 0.02) : Math.max(1500, everyMs * 0.005)
  return everyMs >= SHORTEST_RHYTHM_MS && spreadMs <= most ? { everyMs, count: sorted.length } : undefined
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0
}
