/**
 * How long connections lived, tells what ended them: the three histograms.
 *
 * Same silence before the cut → an idle timer. Same age → a lifetime limit. Same moment on the wall clock with
 * different ages → a reload, deploy or crash. Where two of them fit equally well, the pattern names both.
 */
import {
  type Cluster,
  clusterOfPoints,
  FEWEST,
  MOMENT_MS,
  type Moment,
  momentsOfPoints,
  type Rhythm,
  rhythmOf,
  SHARE,
  spanKey,
} from '#lib/logs/clusters.ts'
import { type KeyOf, type Point, Sketch, type SketchData, valueAt } from '#lib/stats/sketch.ts'

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
  /** How many connections it stands for, where one of several was chosen. Default 1. */
  count?: number
}

export type Pattern =
  | { kind: 'none' }
  /** `or` is set where the other reading fits as well. */
  | { kind: 'idle'; cluster: Cluster; or?: 'lifetime' }
  | { kind: 'lifetime'; cluster: Cluster; or?: 'idle' }
  | { kind: 'reload'; moments: Moment[]; count: number; of: number }

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

/** Reads the histograms of connections that ended without a Close frame (or whose code nobody recorded). */
export function pictureOf(lifetimes: readonly Lifetime[]): LifetimePicture {
  return readingOf(lifetimes).picture()
}

export function readingOf(lifetimes: readonly Lifetime[]): LifetimeReading {
  const reading = new LifetimeReading()
  for (const lifetime of lifetimes) reading.add(lifetime)
  return reading
}

const FINEST_MOMENT_MS = 250
/** Moments in ms since the epoch: a quarter of a second at first. */
const momentKey: KeyOf = (value, level) => Math.floor(value / (FINEST_MOMENT_MS * 2 ** (level - 1)))
/** Amounts in bytes: 1 %. */
const amountKey: KeyOf = (value, level) => Math.floor(Math.log1p(value) / 0.01 / 2 ** (level - 1))

export type LifetimeReadingData = {
  count: number
  resolutionMs: number
  isAgeStated: boolean
  sketches: SketchData[]
}

/** The histograms of any number of connections, in bounded memory. */
export class LifetimeReading {
  #count = 0
  #resolutionMs = 1
  #isAgeStated = true
  #ages: Sketch
  #silences: Sketch
  #ends: Sketch
  #amounts: Sketch

  /** @param most of each kind of value that are kept exactly */
  constructor(most?: number) {
    this.#ages = new Sketch(spanKey, most)
    this.#silences = new Sketch(spanKey, most)
    this.#ends = new Sketch(momentKey, most)
    this.#amounts = new Sketch(amountKey, most)
  }

  static of({ count, resolutionMs, isAgeStated, sketches }: LifetimeReadingData): LifetimeReading {
    const reading = new LifetimeReading()
    reading.#count = count
    reading.#resolutionMs = resolutionMs
    reading.#isAgeStated = isAgeStated
    const [ages, silences, ends, amounts] = sketches
    if (ages) reading.#ages = Sketch.of(ages, spanKey)
    if (silences) reading.#silences = Sketch.of(silences, spanKey)
    if (ends) reading.#ends = Sketch.of(ends, momentKey)
    if (amounts) reading.#amounts = Sketch.of(amounts, amountKey)
    return reading
  }

  data(): LifetimeReadingData {
    return {
      count: this.#count,
      resolutionMs: this.#resolutionMs,
      isAgeStated: this.#isAgeStated,
      sketches: [this.#ages, this.#silences, this.#ends, this.#amounts].map((sketch) => sketch.data()),
    }
  }

  add(lifetime: Lifetime): void {
    const { count = 1 } = lifetime
    this.#count += count
    this.#resolutionMs = Math.max(this.#resolutionMs, lifetime.resolutionMs ?? 1)
    if (lifetime.ageMs === undefined) this.#isAgeStated = false
    const [age, silence] = [ageOf(lifetime), silenceOf(lifetime)]
    if (age !== undefined) this.#ages.add(age, age, count)
    if (silence !== undefined) this.#silences.add(silence, silence, count)
    if (lifetime.closedMs !== undefined) this.#ends.add(lifetime.closedMs, age, count)
    if (lifetime.bytes !== undefined) this.#amounts.add(lifetime.bytes, undefined, count)
  }

  merge(other: LifetimeReading): void {
    this.#count += other.#count
    this.#resolutionMs = Math.max(this.#resolutionMs, other.#resolutionMs)
    this.#isAgeStated &&= other.#isAgeStated
    this.#ages.merge(other.#ages)
    this.#silences.merge(other.#silences)
    this.#ends.merge(other.#ends)
    this.#amounts.merge(other.#amounts)
  }

  /** The values of the three histograms in ms, in ascending order. */
  points(): { ages: Point[]; silences: Point[]; ends: Point[] } {
    return { ages: this.#ages.points(), silences: this.#silences.points(), ends: this.#ends.points() }
  }

  picture(): LifetimePicture {
    const { ages, silences, ends } = this.points()
    // A recorded duration is exact even where the stamps are whole seconds.
    const ageCluster = clusterOfPoints(ages, this.#isAgeStated ? 1 : this.#resolutionMs)
    const silenceCluster = clusterOfPoints(silences, this.#resolutionMs)
    const moments = momentsOfPoints(ends, momentMs(this.#ends))
    const rhythm =
      this.#ages.count === 0 && ends.every(({ count }) => count === 1)
        ? rhythmOf(ends.map(({ value }) => value))
        : undefined
    const amounts = this.#amounts.points()
    return {
      ...(rhythm && { rhythm }),
      pattern: choose(ageCluster, silenceCluster, moments, {
        all: this.#count,
        isSilenceKnown: this.#silences.count > 0,
        amountsDiffer: amountsDiffer(amounts, this.#amounts.count),
        isOutlived: ageCluster !== undefined && isOutlived(ages, ageCluster),
      }),
      ...(ageCluster && { ages: ageCluster }),
      ...(silenceCluster && { silences: silenceCluster }),
      moments,
      known: { ages: this.#ages.count, silences: this.#silences.count, ends: this.#ends.count },
    }
  }
}

/** Where ends are known less exactly than a moment, what ended at one point counts as one. */
const momentMs = ({ level }: Sketch): number =>
  level === 0 ? MOMENT_MS : Math.max(MOMENT_MS, FINEST_MOMENT_MS * 2 ** (level - 1))

/** Moments when at least three connections ended together, more than the usual rate of ends explains. */
export function momentsOf(lifetimes: readonly Lifetime[]): Moment[] {
  return momentsOfPoints(readingOf(lifetimes).points().ends, MOMENT_MS)
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

type Beside = { all: number; isSilenceKnown: boolean; amountsDiffer: boolean; isOutlived: boolean }

/** Whether so many lived longer than the age in common that it is hardly a limit of age: a few may have gone another way. */
function isOutlived(ages: readonly Point[], { valueMs, of }: Cluster): boolean {
  const older = ages.filter(({ value }) => value > valueMs * 1.1 + MOMENT_MS)
  return older.reduce((sum, { count }) => sum + count, 0) >= of * OUTLIVED_SHARE
}

const OUTLIVED_SHARE = 0.05

function choose(
  ages: Cluster | undefined,
  silences: Cluster | undefined,
  moments: Moment[],
  { all, isSilenceKnown, amountsDiffer, isOutlived }: Beside,
): Pattern {
  const together = moments.reduce((sum, { count }) => sum + count, 0)
  const atOnce = together >= Math.max(FEWEST, all * SHARE)
  // Opened together and cut together have equal ages at one moment: then the timer explains the moment.
  if (atOnce && ages === undefined && silences === undefined) {
    return { kind: 'reload', moments, count: together, of: all }
  }
  if (silences !== undefined && ages === undefined) return { kind: 'idle', cluster: silences }
  if (silences !== undefined && ages !== undefined) {
    return silences.valueMs < ages.valueMs * 0.9
      ? { kind: 'lifetime', cluster: ages, or: 'idle' }
      : { kind: 'idle', cluster: silences, or: 'lifetime' }
  }
  if (ages === undefined) return { kind: 'none' }
  if (isSilenceKnown || (amountsDiffer && !isOutlived)) return { kind: 'lifetime', cluster: ages }
  return { kind: 'idle', cluster: ages, or: 'lifetime' }
}

/**
 * Whether the connections moved clearly different amounts: then they were not all silent from the beginning,
 * and an idle timer would have cut them at different ages.
 */
function amountsDiffer(amounts: readonly Point[], count: number): boolean {
  if (count < FEWEST) return false
  const [low, high] = [valueAt(amounts, Math.floor(count / 4)), valueAt(amounts, Math.floor((count * 3) / 4))]
  return high - low > Math.max(200, low * 0.25)
}
