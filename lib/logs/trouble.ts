/** What a connection's lines say went wrong with it. */
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { type Lifetime, type LifetimePicture, type LifetimeReading, readingOf } from '#lib/logs/lifetimes.ts'
import { separate } from '#lib/logs/separate.ts'
import { isOrderlyEnd } from '#lib/protocol/close-codes.ts'

export type Trouble =
  | { /** An orderly end, stated by a code. */ kind: 'none' }
  | { /** Ended, and no line says how. */ kind: 'unsaid' }
  | { kind: 'refused'; status: number | undefined }
  | { kind: 'closed'; code: number }
  | { kind: 'pong-timeout' }
  | {
      /** A line blames a timer, a reset or a reload: HAProxy's flags, an error line's sign, a cloud's own word. */ kind: 'cut'
      mark: string
    }
  | { /** No Close frame, code 1006; or the server’s process ended with it. */ kind: 'lost' }

export function troubleOf(connection: LoggedConnection): Trouble {
  const { outcome, code, status, pongTimeout, access, notices } = connection
  if (outcome === 'open') return { kind: 'none' }
  if (outcome === 'refused')
    return code === undefined ? { kind: 'refused', status } : { kind: 'closed', code }
  if (pongTimeout) return { kind: 'pong-timeout' }
  if (connection.process !== undefined) return { kind: 'lost' }
  const flags = access?.record.flags
  if (flags !== undefined && accuses(flags)) return { kind: 'cut', mark: flags.slice(0, 2) }
  const sign = notices?.find(({ record }) => record.sign.startsWith('tunnel-'))?.record.sign
  if (sign !== undefined) return { kind: 'cut', mark: sign }
  if (access?.record.cut !== undefined) return { kind: 'cut', mark: access.record.cut }
  if (access?.record.complete === false) return { kind: 'cut', mark: 'incomplete' }
  if (code === undefined) return { kind: 'unsaid' }
  if (code === 1006) return { kind: 'lost' }
  const wentAway = code === 1001 && connection.initiator === 'server'
  // The page may leave in order; a server that goes away leaves its clients behind.
  return isOrderlyEnd(code) && !wentAway ? { kind: 'none' } : { kind: 'closed', code }
}

// `--`: both sides were done. `CD`: the client went away, as browsers do. `LR`: HAProxy's own answer.
function accuses(flags: string): boolean {
  const [who = '-'] = flags
  return who !== '-' && who !== 'C' && who !== 'L'
}

export type TroubleGroup = {
  trouble: Trouble
  /** How many have it. */
  count: number
  /** All of them, or an even choice where there are very many. */
  connections: LoggedConnection[]
  /** The three histograms of all of them. */
  reading: LifetimeReading
  picture: LifetimePicture
}

const FEWEST = 3
const FEWEST_SHARE = 0.05
/** Of refusals that a proxy or server calls its own failure. */
const FEWEST_FAILURES = 2

/**
 * Those that need an explanation, the largest first. Clients that gave up come last: what kept them waiting is among the
 * others.
 * @param total of all connections
 */
export function ranked(given: readonly TroubleGroup[], total: number): TroubleGroup[] {
  const groups = given.flatMap(apart)
  const isTroubled = groups.some((group) => matters(group, total))
  return groups
    .filter((group) => matters(group, total) || (isTroubled && isFailure(group)))
    .sort((a, b) => Number(gaveUp(a)) - Number(gaveUp(b)) || b.count - a.count)
}

/** Where the lines do not say how they ended, the same words may stand for a timer and for a reload. */
function apart(group: TroubleGroup): TroubleGroup[] {
  const { trouble, count, connections, picture } = group
  if (trouble.kind !== 'unsaid' && trouble.kind !== 'lost') return [group]
  const lifetimes = connections.map(lifetimeOf)
  const parts = separate(lifetimes, picture)
  if (parts.length === 1) return [group]
  // Of an even choice each stands for as many.
  const [each, rest] = [Math.floor(count / connections.length), count % connections.length]
  const standsFor = (place: number): number => each + (place < rest ? 1 : 0)
  return parts.map((places) => {
    const reading = readingOf(places.map((place) => ({ ...lifetimes[place], count: standsFor(place) })))
    return {
      trouble,
      count: places.reduce((sum, place) => sum + standsFor(place), 0),
      connections: places.flatMap((place) => connections[place] ?? []),
      reading,
      picture: reading.picture(),
    }
  })
}

/** Said of requests that nobody waited for any longer: 499 of nginx, 460 of an AWS load balancer, 0 of HAProxy. */
const LEFT: ReadonlySet<number | undefined> = new Set([0, 460, 499])

const gaveUp = ({ trouble }: TroubleGroup): boolean => trouble.kind === 'refused' && LEFT.has(trouble.status)

/** Somebody says that it failed: one such connection beside other troubles is worth its line. */
const isFailure = ({ trouble }: TroubleGroup): boolean =>
  trouble.kind === 'cut' || (trouble.kind === 'refused' && (trouble.status ?? 0) >= 500)

/** What the histograms need of a connection. */
export function lifetimeOf({
  openedMs,
  closedMs,
  lastByteMs,
  ageMs,
  resolutionMs,
  access,
}: LoggedConnection): Lifetime {
  const bytes = access?.record.bytes
  return {
    resolutionMs,
    ...(openedMs !== undefined && { openedMs }),
    ...(closedMs !== undefined && { closedMs }),
    ...(lastByteMs !== undefined && { lastByteMs }),
    ...(ageMs !== undefined && { ageMs }),
    ...(bytes !== undefined && { bytes }),
  }
}

/** A lone failure among hundreds of good connections is the internet; what nobody calls a failure needs a pattern. */
function matters(group: TroubleGroup, total: number): boolean {
  const { trouble, count, picture } = group
  if (trouble.kind === 'unsaid') return picture.pattern.kind !== 'none'
  // A client that was silent for once was cut by a timer that troubles nobody else.
  if (trouble.kind === 'cut' && count < FEWEST) return count * 2 >= total
  if (trouble.kind === 'refused' && isFailure(group) && count >= FEWEST_FAILURES) return true
  return count >= FEWEST || count >= total * FEWEST_SHARE
}

/** A typical member: nearest to the group's common age where it has one, else the middle one. */
export function typicalOf({ connections, picture }: TroubleGroup): LoggedConnection | undefined {
  const target = picture.ages?.valueMs
  if (target === undefined) return connections[connections.length >> 1]
  return connections.reduce<LoggedConnection | undefined>((best, connection) => {
    if (best === undefined) return connection
    return Math.abs((connection.ageMs ?? 0) - target) < Math.abs((best.ageMs ?? 0) - target)
      ? connection
      : best
  }, undefined)
}
