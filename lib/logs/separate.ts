/**
 * Connections that ended in two ways and whose lines look alike: a timer cut some of them, and a reload the others. What the
 * pattern of all explains is taken out, and the rest is asked for a pattern of its own.
 */
import { ageOf, type Lifetime, type LifetimePicture, pictureOf, silenceOf } from '#lib/logs/lifetimes.ts'

/** Fewer than this with a pattern of their own are a coincidence, and so are less than half of the rest. */
const FEWEST = 4
const SHARE = 0.6
/** Ends around a moment: see `lifetimes.ts`. */
const MOMENT_MS = 2000
const MOST_PARTS = 4

/** The places of those that one thing explains, the rest last; one part where nothing separates them. */
export function separate(lifetimes: readonly Lifetime[], picture: LifetimePicture): number[][] {
  const all = lifetimes.map((_, place) => place)
  const parts: number[][] = []
  let rest = all
  let pattern = picture.pattern
  let of = picture
  while (parts.length < MOST_PARTS - 1) {
    const [explained, others] = partition(rest, (place) => isExplained(lifetimes[place] ?? {}, of))
    const next = pictureOf(others.map((place) => lifetimes[place] ?? {}))
    const count = countOf(next)
    const isOther = next.pattern.kind !== 'none' && next.pattern.kind !== pattern.kind
    if (explained.length === 0 || !isOther || count < FEWEST || count < others.length * SHARE) break
    parts.push(explained)
    rest = others
    of = next
    pattern = next.pattern
  }
  return [...parts, rest]
}

function partition(places: readonly number[], test: (place: number) => boolean): [number[], number[]] {
  const [yes, no]: [number[], number[]] = [[], []]
  for (const place of places) (test(place) ? yes : no).push(place)
  return [yes, no]
}

function countOf({ pattern }: LifetimePicture): number {
  if (pattern.kind === 'none') return 0
  return pattern.kind === 'reload' ? pattern.count : pattern.cluster.count
}

function isExplained(lifetime: Lifetime, { pattern, silences }: LifetimePicture): boolean {
  if (pattern.kind === 'none') return false
  if (pattern.kind === 'reload')
    return pattern.moments.some(({ atMs }) => Math.abs((lifetime.closedMs ?? -Infinity) - atMs) <= MOMENT_MS)
  const { valueMs, spreadMs } = pattern.cluster
  const value = pattern.cluster === silences ? silenceOf(lifetime) : ageOf(lifetime)
  const widthMs = Math.max(spreadMs, 400, valueMs * 0.02) + ((lifetime.resolutionMs ?? 1) > 1 ? 1000 : 0)
  return value !== undefined && Math.abs(value - valueMs) <= widthMs
}
