/** What the three histograms say, in a sentence each: the spike with its name, or that there is none. */
import { plural } from '#components/ui/format.ts'
import { clusterOfPoints, FEWEST } from '#lib/logs/clusters.ts'
import { candidatesFor, namesOf } from '#lib/playbook/intermediaries/candidates.ts'
import type { TimerKind } from '#lib/playbook/intermediaries/timer.ts'
import type { Burst, EndsCount, FineBin } from '#lib/stats/ends-tally.ts'

export interface Reading {
  /** Before the figures, the figures, and what follows from them. */
  readonly says: string
  readonly spike: Spike | null
}

export interface Spike {
  /** Where it is, and how many there are. */
  readonly atMs: number
  readonly count: number
  readonly spreadMs: number
  /** Whose timer has this length, the likeliest first. */
  readonly names: readonly string[]
}

/** Names that are shown beside a bar. */
const MOST_NAMES = 3

export function readSilence({ silence, count }: EndsCount): Reading {
  if (count === 0) return { says: NOTHING, spike: null }
  if (silence.length === 0) return { says: 'No line says how long a connection was silent.', spike: null }
  const spike = spikeOf(silence, 'idle')
  if (spike === null) return { says: areFew(silence) ? TOO_FEW : 'Spread out: no idle timer shows.', spike }
  return {
    says: `${figures(spike)}, whatever their age: ${spike.names.length > 0 ? `the idle timer of ${oneOf(spike.names)}` : 'an idle timer'}.`,
    spike,
  }
}

export function readAge({ age, silence, count }: EndsCount): Reading {
  if (count === 0) return { says: NOTHING, spike: null }
  if (age.length === 0) return { says: 'No line says how old a connection was.', spike: null }
  const spike = spikeOf(age, 'lifetime')
  if (spike === null)
    return { says: areFew(age) ? TOO_FEW : 'Spread out: no limit on lifetime shows.', spike }
  const names = spike.names.length === 0 ? '' : `, as of ${oneOf(spike.names)}`
  const or = silence.length === 0 ? ', or an idle timer: no line tells which' : ''
  return { says: `${figures(spike)}: a limit on lifetime${names}${or}.`, spike }
}

const NOTHING = 'No connection to count.'

const TOO_FEW = `Fewer than ${FEWEST} connections: too few to show a timer.`

const areFew = (bins: readonly FineBin[]): boolean => bins.reduce((sum, [, count]) => sum + count, 0) < FEWEST

export interface ClockReading {
  readonly says: string
  readonly burst: Burst | null
}

/** @param timeOf a moment in the zone of the page */
export function readClock({ clock, bursts }: EndsCount, timeOf: (ms: number) => string): ClockReading {
  const burst = bursts.find(agesDiffer) ?? null
  if (clock === null) return { says: NOTHING, burst }
  if (burst === null) return { says: 'No burst: they ended one by one.', burst }
  const others = bursts.filter(agesDiffer).length - 1
  const more = others === 0 ? 'One burst' : `${plural(others + 1, 'burst')}, the largest`
  return {
    says: `${more} at ${timeOf(burst.atMs)}, ${burst.count} at once: a reload, a deploy or a crash.`,
    burst,
  }
}

/** Equal ages at one moment are a timer's doing. */
const agesDiffer = ({ leastAgeMs, mostAgeMs }: Burst): boolean =>
  leastAgeMs === null || mostAgeMs === null || mostAgeMs - leastAgeMs > Math.max(2000, mostAgeMs * 0.02)

function spikeOf(bins: readonly FineBin[], kind: TimerKind): Spike | null {
  const points = bins.map(([value, count]) => ({ value, count, low: 0, high: 0, known: 0 }))
  const cluster = clusterOfPoints(points, 1)
  if (cluster === undefined) return null
  const { valueMs, spreadMs, count } = cluster
  const names = namesOf(candidatesFor({ kind, seconds: valueMs / 1000 }))
  return { atMs: valueMs, spreadMs, count, names }
}

const figures = ({ count, atMs, spreadMs }: Spike): string =>
  `${count.toLocaleString('en')} at ${(atMs / 1000).toFixed(1)} s ± ${Math.max(0.1, spreadMs / 2000).toFixed(1)}`

/** `nginx, Apache httpd or Kong`. */
export function oneOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES)
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} or ${last}`
}

/** Whether a silence belongs to the spike. */
export const isOfSpike = (spike: Spike | null, ms: number | null): boolean =>
  spike !== null && ms !== null && Math.abs(ms - spike.atMs) <= Math.max(spike.spreadMs, 400)
