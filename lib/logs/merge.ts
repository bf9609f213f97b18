/** Joins what a proxy and the server behind it wrote about the same connection. */
import { type LoggedConnection, pathname } from '#lib/logs/connection.ts'
import { Neighbours } from '#lib/logs/neighbours.ts'
import type { LineFormat } from '#lib/logs/record.ts'

/** The two ends see an end this far apart, whole-second stamps included. */
const NEAR_MS = 2000
const BUCKET_MS = 4000
/** Of those that ended together, the nearest in age on either side: further ones fit no better. */
const MOST_CANDIDATES = 32

/** Told of each connection that is made of two. */
export type OnJoin = (both: LoggedConnection, one: LoggedConnection, other: LoggedConnection) => void

/** Each proxy connection takes at most one of the server's; what stays alone stays in the list. */
export function mergeObservers(
  proxied: LoggedConnection[],
  served: LoggedConnection[],
  onJoin: OnJoin = () => {},
  isSame: (one: LoggedConnection, other: LoggedConnection) => boolean = () => true,
): LoggedConnection[] {
  if (proxied.length === 0 || served.length === 0) return [...proxied, ...served]
  const clients = new Set(proxied.map(({ client }) => client))
  const taken = new Set<LoggedConnection>()
  const candidatesFor = findCandidates(served, clients, taken)
  const joined = proxied.map((connection) => {
    const match = nearest(
      connection,
      candidatesFor(connection).filter((candidate) => isSame(connection, candidate)),
      clients,
    )
    if (match === undefined) return connection
    taken.add(match)
    const both = join(connection, match)
    onJoin(both, connection, match)
    return both
  })
  return [...joined, ...served.filter((connection) => !taken.has(connection))]
}

/** Formats of text alone: one program’s lines may pass for another’s of them. */
const FAMILY: Partial<Record<LineFormat, LineFormat>> = {
  'nginx-access': 'combined',
  'nginx-error': 'combined',
  'apache-access': 'combined',
  'apache-error': 'combined',
}

/** What proxies and servers in a row wrote about the same request, each in a format of its own. */
export function mergeProxies(connections: LoggedConnection[], onJoin: OnJoin = () => {}): LoggedConnection[] {
  const families = Map.groupBy(connections, ({ formats: [format = 'combined'] }) => FAMILY[format] ?? format)
  if (families.size < 2) return connections
  // Who says how it ended, or how long it was, says more than who does not.
  const inOrder = [...families.values()].sort((one, other) => weightOf(other) - weightOf(one))
  return inOrder.reduce((merged, next) => mergeObservers(merged, next, onJoin, isSameRequest))
}

const weightOf = ([first]: readonly LoggedConnection[]): number => {
  const { flags, cut, durationMs } = first?.access?.record ?? {}
  return (flags ?? cut) !== undefined ? 2 : durationMs !== undefined ? 1 : 0
}

const isSameRequest = (one: LoggedConnection, other: LoggedConnection): boolean =>
  one.status === other.status &&
  (one.path === undefined || other.path === undefined || pathname(one.path) === pathname(other.path))

type Candidates = Neighbours<LoggedConnection>

/** What the server saw of one client's ends, or of those of clients that no proxy knows. */
interface Seen {
  /** By age, for each stretch of time. */
  readonly byAge: ReadonlyMap<number, Candidates>
  /** By their ends. */
  readonly ageless: Candidates
  readonly all: Candidates
}

const OTHERS = Symbol('others')

/** Given a proxy's connection, those of the server that nobody has taken and that could be the same. */
function findCandidates(
  served: readonly LoggedConnection[],
  clients: ReadonlySet<string | undefined>,
  taken: ReadonlySet<LoggedConnection>,
): (connection: LoggedConnection) => LoggedConnection[] {
  const ended = served.filter(({ closedMs }) => closedMs !== undefined)
  const groups = Map.groupBy(ended, ({ client }) => (clients.has(client) ? client : OTHERS))
  const isTaken = (connection: LoggedConnection) => taken.has(connection)
  const byEnd = (those: readonly LoggedConnection[]) =>
    new Neighbours(those, ({ closedMs = 0 }) => closedMs, isTaken)
  const seen = new Map<string | symbol | undefined, Seen>()
  for (const [client, own] of groups) {
    const aged = own.filter(({ ageMs }) => ageMs !== undefined)
    const buckets = Map.groupBy(aged, ({ closedMs = 0 }) => Math.floor(closedMs / BUCKET_MS))
    seen.set(client, {
      byAge: new Map(
        Array.from(buckets, ([key, those]) => [
          key,
          new Neighbours(those, ({ ageMs = 0 }) => ageMs, isTaken),
        ]),
      ),
      ageless: byEnd(own.filter(({ ageMs }) => ageMs === undefined)),
      all: byEnd(own),
    })
  }
  return ({ client, closedMs, ageMs }) => {
    if (closedMs === undefined) return []
    const from = Math.floor((closedMs - NEAR_MS) / BUCKET_MS)
    const to = Math.floor((closedMs + NEAR_MS) / BUCKET_MS)
    return [client, OTHERS].flatMap((key) => {
      const { byAge, ageless, all } = seen.get(key) ?? {}
      if (ageMs === undefined) return all?.free(closedMs, NEAR_MS, MOST_CANDIDATES) ?? []
      const buckets = from === to ? [from] : [from, to]
      return [
        ...buckets.flatMap((at) => byAge?.get(at)?.free(ageMs, tolerance(ageMs), MOST_CANDIDATES) ?? []),
        ...(ageless?.free(closedMs, NEAR_MS, MOST_CANDIDATES) ?? []),
      ]
    })
  }
}

function nearest(
  connection: LoggedConnection,
  candidates: readonly LoggedConnection[],
  clients: ReadonlySet<string | undefined>,
): LoggedConnection | undefined {
  let best: { match: LoggedConnection; distance: number } | undefined
  for (const candidate of candidates) {
    if (!agree(connection, candidate, clients)) continue
    const sameClient = candidate.client === connection.client ? 0 : NEAR_MS
    const apart = Math.abs((candidate.closedMs ?? 0) - (connection.closedMs ?? 0))
    const distance = apart + ageGap(connection, candidate) + sameClient
    if (best === undefined || distance < best.distance) best = { match: candidate, distance }
  }
  return best?.match
}

/** How far two records of one age may be apart: stamps in seconds, or clocks that run differently. */
const tolerance = (ageMs: number): number => Math.max(1000, ageMs * 0.02)

function agree(
  proxied: LoggedConnection,
  served: LoggedConnection,
  clients: ReadonlySet<string | undefined>,
): boolean {
  if (proxied.outcome !== served.outcome) return false
  if (Math.abs((proxied.closedMs ?? 0) - (served.closedMs ?? 0)) > NEAR_MS) return false
  // A server that was not told the client's address has the proxy's, which is no client of the access log.
  if (served.client !== proxied.client && clients.has(served.client)) return false
  return ageGap(proxied, served) <= tolerance(proxied.ageMs ?? 0)
}

function ageGap(a: LoggedConnection, b: LoggedConnection): number {
  return a.ageMs === undefined || b.ageMs === undefined ? 0 : Math.abs(a.ageMs - b.ageMs)
}

/** The server knows code, reason and traffic; the proxy knows the client, the flags and its own duration. */
function join(proxied: LoggedConnection, served: LoggedConnection): LoggedConnection {
  const exact = served.resolutionMs <= proxied.resolutionMs ? served : proxied
  return {
    ...served,
    ...proxied,
    formats: [...new Set([...proxied.formats, ...served.formats])],
    ...((proxied.notices ?? served.notices) !== undefined && {
      notices: [...(proxied.notices ?? []), ...(served.notices ?? [])],
    }),
    resolutionMs: exact.resolutionMs,
    ...(exact.closedMs !== undefined && { closedMs: exact.closedMs }),
    ...(exact.openedMs !== undefined && { openedMs: exact.openedMs }),
  }
}
