/** Counts the ends of connections, however many: how long they were silent, how old they were, when they came. */

/** What is counted of one end; milliseconds. */
export interface CountedEnd {
  readonly atMs: number
  readonly ageMs: number | null
  readonly silenceMs: number | null
  readonly code: number | null
}

/** So many values at and above this one, below the next border: `[milliseconds, count]`. */
export type FineBin = readonly [lowMs: number, count: number]

/** Several connections that ended within two seconds; their ages tell a common cause from a common age. */
export interface Burst {
  atMs: number
  count: number
  /** Null where no age is known. */
  leastAgeMs: number | null
  mostAgeMs: number | null
}

export interface EndsCount {
  readonly count: number
  /** The most frequent first; null: none was stated. */
  readonly codes: readonly (readonly [code: number | null, count: number])[]
  /** By the lower border, smallest first; only those that hold something. */
  readonly silence: readonly FineBin[]
  readonly age: readonly FineBin[]
  /** Equal bins on the wall clock. Null without an end. */
  readonly clock: {
    readonly fromMs: number
    readonly binMs: number
    readonly counts: readonly number[]
  } | null
  /** More at once than the usual rate explains, the largest first. */
  readonly bursts: readonly Burst[]
}

/** Widths of fine bins: up to so many milliseconds, each a multiple of the next width, so wide. Half a per cent of the value, or less, from 10 s on. */
const WIDTHS: readonly (readonly [below: number, width: number])[] = [
  [10_000, 50],
  [200_000, 100],
  [2_000_000, 1000],
  [18_000_000, 10_000],
  [180_000_000, 600_000],
  [Number.POSITIVE_INFINITY, 3_600_000],
]

/** The lower border of the fine bin that a value of so many milliseconds falls into. */
export function fineBinOf(ms: number): number {
  for (const [below, width] of WIDTHS) if (ms < below) return ms - (ms % width)
  return ms
}

/** The upper border, exclusive, of the bin with this lower border. */
export function fineBinEnd(lowMs: number): number {
  for (const [below, width] of WIDTHS) if (lowMs < below) return lowMs + width
  return lowMs
}

/** Each a multiple of the one before, so that bins merge. */
const CLOCK_WIDTHS_MS = [
  1000, 5000, 15_000, 60_000, 300_000, 900_000, 3_600_000, 10_800_000, 43_200_000, 86_400_000, 604_800_000,
]
const MOST_CLOCK_BINS = 120
const MOST_CODES = 50
const BURST_MS = 2000
const FEWEST_IN_BURST = 3
const MOST_BURSTS = 20
/** Before they are judged by the usual rate. */
const MOST_CANDIDATES = 1000
/** Times the usual rate. */
const DENSER = 3

export interface EndsTally {
  /** In about the order of their time: bursts are looked for in what comes one after the other. */
  add(end: CountedEnd): void
  count(): EndsCount
}

export function createEndsTally(): EndsTally {
  const silence = new Map<number, number>()
  const age = new Map<number, number>()
  const codes = new Map<number | null, number>()
  const clock = new ClockBins()
  const bursts = new Bursts()
  let total = 0
  return {
    add(end) {
      total += 1
      increase(codes, end.code)
      if (end.silenceMs !== null) increase(silence, fineBinOf(end.silenceMs))
      if (end.ageMs !== null) increase(age, fineBinOf(end.ageMs))
      clock.add(end.atMs)
      bursts.add(end)
    },
    count: () => ({
      count: total,
      codes: [...codes].sort(([, one], [, other]) => other - one).slice(0, MOST_CODES),
      silence: ascending(silence),
      age: ascending(age),
      clock: clock.bins(),
      bursts: bursts.above(total, clock.spanMs),
    }),
  }
}

const ascending = (bins: ReadonlyMap<number, number>): FineBin[] =>
  [...bins].sort(([one], [other]) => one - other)

function increase<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

/** Bins on the wall clock that grow wider as the time grows longer. */
class ClockBins {
  #bins = new Map<number, number>()
  #width = 0
  #firstMs = Number.POSITIVE_INFINITY
  #lastMs = Number.NEGATIVE_INFINITY

  get spanMs(): number {
    return Math.max(0, this.#lastMs - this.#firstMs)
  }

  add(atMs: number): void {
    this.#firstMs = Math.min(this.#firstMs, atMs)
    this.#lastMs = Math.max(this.#lastMs, atMs)
    while (this.#needed() > MOST_CLOCK_BINS && this.#width < CLOCK_WIDTHS_MS.length - 1) this.#widen()
    increase(this.#bins, Math.floor(atMs / this.#binMs))
  }

  bins(): EndsCount['clock'] {
    if (this.#bins.size === 0) return null
    const binMs = this.#binMs
    const first = Math.floor(this.#firstMs / binMs)
    const most = Math.min(this.#needed(), MOST_CLOCK_BINS * 10)
    return {
      fromMs: first * binMs,
      binMs,
      counts: Array.from({ length: most }, (_, index) => this.#bins.get(first + index) ?? 0),
    }
  }

  get #binMs(): number {
    return CLOCK_WIDTHS_MS[this.#width] ?? 1000
  }

  #needed(): number {
    return Math.floor(this.#lastMs / this.#binMs) - Math.floor(this.#firstMs / this.#binMs) + 1
  }

  #widen(): void {
    const before = this.#binMs
    this.#width += 1
    const times = this.#binMs / before
    const wider = new Map<number, number>()
    for (const [bin, count] of this.#bins) increase(wider, Math.floor(bin / times), count)
    this.#bins = wider
  }
}

class Bursts {
  #found: Burst[] = []
  #now: Burst | undefined

  add({ atMs, ageMs }: CountedEnd): void {
    const now = this.#now
    if (now === undefined || Math.abs(atMs - now.atMs) > BURST_MS) {
      this.#close()
      this.#now = { atMs, count: 1, leastAgeMs: ageMs, mostAgeMs: ageMs }
      return
    }
    now.count += 1
    if (ageMs === null) return
    now.leastAgeMs = Math.min(now.leastAgeMs ?? ageMs, ageMs)
    now.mostAgeMs = Math.max(now.mostAgeMs ?? ageMs, ageMs)
  }

  above(total: number, spanMs: number): Burst[] {
    this.#close()
    const usual = spanMs <= BURST_MS ? 0 : (total * BURST_MS) / spanMs
    return this.#largest(MOST_BURSTS).filter(({ count }) => count >= usual * DENSER)
  }

  #close(): void {
    if (this.#now !== undefined && this.#now.count >= FEWEST_IN_BURST) this.#found.push(this.#now)
    this.#now = undefined
    if (this.#found.length > 2 * MOST_CANDIDATES) this.#found = this.#largest(MOST_CANDIDATES)
  }

  #largest(most: number): Burst[] {
    return this.#found.toSorted((one, other) => other.count - one.count).slice(0, most)
  }
}
