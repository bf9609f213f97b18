/**
 * How long connections lived, tells what ended them: the three histograms.
 *
 * Same silence before the cut → an idle timer. Same age → a lifetime limit. Same moment on the wall clock with
 * different ages → a reload, deploy or crash. Where two of them fit equally well, the pattern names both.
 */

export type Lifetime = {
  openedMs?: number
  /** Last byte in either direction, where something recorded it. */
  lastByteMs?: number
  closedMs?: number
  /** Where only the duration is known, or known more exactly than its two ends. */
  ageMs?: number
  /** Sent to the client, handshake included. */
  bytes?: number
  /** What the ends are exact to (1000 for stamps in whole seconds). Default 1. */
  resolutionMs?: number
}

/** Values that lie close together: `value` is their median. */
export type Cluster = { valueMs: number; spreadMs: number; count: number; of: number }
export type Moment = { atMs: number; count: number }

export type Pattern =
  | { kind: 'none' }
  /** `or` is set where the other reading fits as well. */
  | { kind: 'idle'; cluster: Cluster; or?: 'lifetime' }
  | { kind: 'lifetime'; cluster: Cluster; or?: 'idle' }
  | { kind: 'reload'; moments: Moment[]; count: number; of: number }

/** Ends one after the other in equal distance, where nobody saw the openings: each connection lived that long at most. */
export type Rhythm = { everyMs: number; count: number }

export type LifetimePicture = {
  pattern: Pattern
  rhythm?: Rhythm
  ages?: Cluster
  silences?: Cluster
  /** Moments at which several connections of different ages ended together. */
  moments: Moment[]
  /** Connections with a known age, silence and end. */
  known: { ages: number; silences: number; ends: number }
}

/** Fewer equal values than this are a coincidence. */
const FEWEST = 3
/** A pattern explains at least this share of the connections. */
const SHARE = 0.5
/** Or this share, where the values crowd so much that chance is out of the question: a timer that only some meet. */
const SHARP = { share: 0.15, fewest: 5, denser: 12, fromMs: 5000 }
/** Ends within this time of each other count as one moment. */
const MOMENT_MS = 2000
/** A cluster must be this many times denser than an even spread over the rest. */
const DENSER = 3

/** Reads the histograms of connections that ended without a Close frame (or whose code nobody recorded). */
export function pictureOf(lifetimes: readonly Lifetime[]): LifetimePicture {
  const ages = present(lifetimes.map(ageOf))
  const silences = present(lifetimes.map(silenceOf))
  const ends = present(lifetimes.map(({ closedMs }) => closedMs))
  const resolutionMs = lifetimes.reduce((most, { resolutionMs = 1 }) => Math.max(most, resolutionMs), 1)
  const ageCluster = clusterOf(ages, resolutionOfAges(lifetimes, resolutionMs))
  const silenceCluster = clusterOf(silences, resolutionMs)
  const moments = momentsOf(lifetimes)
  const rhythm = ages.length === 0 ? rhythmOf(ends) : undefined
  return {
    ...(rhythm && { rhythm }),
    pattern: choose(ageCluster, silenceCluster, moments, lifetimes),
    ...(ageCluster && { ages: ageCluster }),
    ...(silenceCluster && { silences: silenceCluster }),
    moments,
    known: { ages: ages.length, silences: silences.length, ends: ends.length },
  }
}

/** Age at the end in ms, where both ends or the duration are known. */
export function ageOf({ ageMs, openedMs, closedMs }: Lifetime): number | undefined {
  if (ageMs !== undefined) return ageMs
  return openedMs !== undefined && closedMs !== undefined ? Math.max(0, closedMs - openedMs) : undefined
}

/** Silence before the end in ms, where the last byte is known. */
export function silenceOf({ lastByteMs, closedMs }: Lifetime): number | undefined {
  return lastByteMs !== undefined && closedMs !== undefined ? Math.max(0, closedMs - lastByteMs) : undefined
}

function choose(
  ages: Cluster | undefined,
  silences: Cluster | undefined,
  moments: Moment[],
  lifetimes: readonly Lifetime[],
): Pattern {
  const together = moments.reduce((sum, { count }) => sum + count, 0)
  const atOnce = together >= Math.max(FEWEST, lifetimes.length * SHARE)
  // Opened together and cut together have equal ages at one moment: then the timer explains the moment.
  if (atOnce && ages === undefined && silences === undefined) {
    return { kind: 'reload', moments, count: together, of: lifetimes.length }
  }
  if (silences !== undefined && ages === undefined) return { kind: 'idle', cluster: silences }
  if (silences !== undefined && ages !== undefined) {
    return silences.valueMs < ages.valueMs * 0.9
      ? { kind: 'lifetime', cluster: ages, or: 'idle' }
      : { kind: 'idle', cluster: silences, or: 'lifetime' }
  }
  if (ages === undefined) return { kind: 'none' }
  const silenceKnown = lifetimes.some((lifetime) => silenceOf(lifetime) !== undefined)
  if (silenceKnown || amountsDiffer(lifetimes)) return { kind: 'lifetime', cluster: ages }
  return { kind: 'idle', cluster: ages, or: 'lifetime' }
}

/** Shorter distances are those of a client that tries again and again. */
const SHORTEST_RHYTHM_MS = 10_000

/** Two equal distances need to be more equal than many. */
function rhythmOf(ends: readonly number[]): Rhythm | undefined {
  if (ends.length < FEWEST) return undefined
  const sorted = [...ends].sort((a, b) => a - b)
  const distances = sorted
    .slice(1)
    .map((end, index) => end - at(sorted, index))
    .sort((a, b) => a - b)
  const everyMs = at(distances, distances.length >> 1)
  const spreadMs = at(distances, distances.length - 1) - at(distances, 0)
  const most = distances.length > 2 ? Math.max(3000, everyMs * 0.02) : Math.max(1500, everyMs * 0.005)
  return everyMs >= SHORTEST_RHYTHM_MS && spreadMs <= most ? { everyMs, count: ends.length } : undefined
}

/**
 * Whether the connections moved clearly different amounts: then they were not all silent from the beginning,
 * and an idle timer would have cut them at different ages.
 */
function amountsDiffer(lifetimes: readonly Lifetime[]): boolean {
  const amounts = present(lifetimes.map(({ bytes }) => bytes)).sort((a, b) => a - b)
  if (amounts.length < FEWEST) return false
  const [low, high] = [
    at(amounts, Math.floor(amounts.length / 4)),
    at(amounts, Math.floor((amounts.length * 3) / 4)),
  ]
  return high - low > Math.max(200, low * 0.25)
}

// A recorded duration is exact even where the stamps are whole seconds.
function resolutionOfAges(lifetimes: readonly Lifetime[], resolutionMs: number): number {
  return lifetimes.every(({ ageMs }) => ageMs !== undefined) ? 1 : resolutionMs
}

/**
 * The densest group of values, when it is no coincidence: at least three, half of all and denser than an even
 * spread would be, or fewer and much denser. nginx may cut 0.3 s early and every timer a little late, hence the width.
 */
export function clusterOf(values: readonly number[], resolutionMs = 1): Cluster | undefined {
  if (values.length < FEWEST) return undefined
  const sorted = [...values].sort((a, b) => a - b)
  let best = { from: 0, count: 0 }
  let from = 0
  for (let to = 0; to < sorted.length; to++) {
    while (at(sorted, to) - at(sorted, from) > widthMs(at(sorted, from), resolutionMs)) from++
    if (to - from + 1 > best.count) best = { from, count: to - from + 1 }
  }
  const members = sorted.slice(best.from, best.from + best.count)
  const valueMs = at(members, members.length >> 1)
  const width = widthMs(valueMs, resolutionMs)
  if (best.count < FEWEST || valueMs < width * 2) return undefined
  const range = at(sorted, sorted.length - 1) - at(sorted, 0)
  const expected = range <= width ? 0 : (sorted.length * width) / range
  if (!crowded(best.count, sorted.length, expected, valueMs)) return undefined
  return {
    valueMs,
    spreadMs: at(members, members.length - 1) - at(members, 0),
    count: best.count,
    of: sorted.length,
  }
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

/** Moments when at least three connections ended together, more than the usual rate of ends explains. */
export function momentsOf(lifetimes: readonly Lifetime[]): Moment[] {
  const ends = lifetimes
    .flatMap((lifetime) =>
      lifetime.closedMs === undefined ? [] : [{ at: lifetime.closedMs, age: ageOf(lifetime) }],
    )
    .sort((a, b) => a.at - b.at)
  const first = ends[0]
  const last = ends[ends.length - 1]
  if (first === undefined || last === undefined || ends.length < FEWEST) return []
  const span = last.at - first.at
  const usual = span <= MOMENT_MS ? 0 : (ends.length * MOMENT_MS) / span
  const fewest = Math.max(FEWEST, usual * DENSER)
  const found: Moment[] = []
  const ages = new AgesInWindow(ends.map(({ age }) => age))
  let from = 0
  let to = 0
  while (from < ends.length) {
    const begin = ends[from]?.at ?? 0
    for (; to < ends.length && (ends[to]?.at ?? 0) - begin <= MOMENT_MS; to++) ages.take(to)
    ages.leave(from)
    if (to - from >= fewest && ages.differ()) {
      found.push({ atMs: ends[from + ((to - from) >> 1)]?.at ?? begin, count: to - from })
      from = to
    } else {
      from++
    }
  }
  return found
}

/**
 * The known ages in a window that only moves on; each enters and leaves once. Kept are those that can still become the
 * least, which rise, and those that can still become the greatest, which fall.
 */
class AgesInWindow {
  readonly #ages: readonly (number | undefined)[]
  readonly #rising: number[] = []
  readonly #falling: number[] = []
  #firstRising = 0
  #firstFalling = 0
  #from = 0
  #known = 0

  constructor(ages: readonly (number | undefined)[]) {
    this.#ages = ages
  }

  /** The next one comes in. */
  take(index: number): void {
    const age = this.#ages[index]
    if (age === undefined) return
    this.#known++
    while (this.#rising.length > this.#firstRising && this.#age(this.#rising.at(-1)) >= age)
      this.#rising.pop()
    while (this.#falling.length > this.#firstFalling && this.#age(this.#falling.at(-1)) <= age)
      this.#falling.pop()
    this.#rising.push(index)
    this.#falling.push(index)
  }

  /** Those before `from` go. */
  leave(from: number): void {
    for (; this.#from < from; this.#from++) if (this.#ages[this.#from] !== undefined) this.#known--
    while ((this.#rising[this.#firstRising] ?? from) < from) this.#firstRising++
    while ((this.#falling[this.#firstFalling] ?? from) < from) this.#firstFalling++
  }

  /** Ages that are unknown may differ; ages that are all equal mean that the connections were opened together. */
  differ(): boolean {
    if (this.#known < FEWEST) return true
    const greatest = this.#age(this.#falling[this.#firstFalling])
    return greatest - this.#age(this.#rising[this.#firstRising]) > MOMENT_MS
  }

  #age(index: number | undefined): number {
    return index === undefined ? 0 : (this.#ages[index] ?? 0)
  }
}

function present(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined)
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0
}
