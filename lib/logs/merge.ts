/** Joins what a proxy and the server behind it wrote about the same connection. */
import type { LoggedConnection } from '#lib/logs/connection.ts'

/** The two ends see an end this far apart, whole-second stamps included. */
const NEAR_MS = 2000
const BUCKET_MS = 4000

/** Each proxy connection takes at most one of the server's; what stays alone stays in the list. */
export function mergeObservers(proxied: LoggedConnection[], served: LoggedConnection[]): LoggedConnection[] {
  if (proxied.length === 0 || served.length === 0) return [...proxied, ...served]
  const buckets = new Map<number, LoggedConnection[]>()
  for (const connection of served) {
    if (connection.closedMs === undefined) continue
    const key = Math.floor(connection.closedMs / BUCKET_MS)
    const bucket = buckets.get(key)
    if (bucket === undefined) buckets.set(key, [connection])
    else bucket.push(connection)
  }
  const clients = new Set(proxied.map(({ client }) => client))
  const taken = new Set<LoggedConnection>()
  const joined = proxied.map((connection) => {
    const match = nearest(connection, buckets, taken, clients)
    if (match === undefined) return connection
    taken.add(match)
    return join(connection, match)
  })
  return [...joined, ...served.filter((connection) => !taken.has(connection))]
}

function nearest(
  connection: LoggedConnection,
  buckets: ReadonlyMap<number, LoggedConnection[]>,
  taken: ReadonlySet<LoggedConnection>,
  clients: ReadonlySet<string | undefined>,
): LoggedConnection | undefined {
  if (connection.closedMs === undefined) return undefined
  const key = Math.floor(connection.closedMs / BUCKET_MS)
  let best: { match: LoggedConnection; distance: number } | undefined
  for (const candidate of [key - 1, key, key + 1].flatMap((at) => buckets.get(at) ?? [])) {
    if (taken.has(candidate) || !agree(connection, candidate, clients)) continue
    const sameClient = candidate.client === connection.client ? 0 : NEAR_MS
    const distance =
      Math.abs((candidate.closedMs ?? 0) - connection.closedMs) + ageGap(connection, candidate) + sameClient
    if (best === undefined || distance < best.distance) best = { match: candidate, distance }
  }
  return best?.match
}

function agree(
  proxied: LoggedConnection,
  served: LoggedConnection,
  clients: ReadonlySet<string | undefined>,
): boolean {
  if (proxied.outcome !== served.outcome) return false
  if (Math.abs((proxied.closedMs ?? 0) - (served.closedMs ?? 0)) > NEAR_MS) return false
  // A server that was not told the client's address has the proxy's, which is no client of the access log.
  if (served.client !== proxied.client && clients.has(served.client)) return false
  return ageGap(proxied, served) <= Math.max(1000, (proxied.ageMs ?? 0) * 0.02)
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
    resolutionMs: exact.resolutionMs,
    ...(exact.closedMs !== undefined && { closedMs: exact.closedMs }),
    ...(exact.openedMs !== undefined && { openedMs: exact.openedMs }),
  }
}
