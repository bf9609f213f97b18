/** Which connections of a log are asked about. */
import { type LoggedConnection, pathname } from '#lib/logs/connection.ts'

/** As plain data, which a thread can be given. */
export type Only = {
  /** With all below it; `*` at the end stands for anything. */
  path?: string
  /** Ended at or after; ms since the epoch. */
  sinceMs?: number
  /** Ended before. */
  untilMs?: number
}

export function isPathOf({ path: wanted }: Only, path: string): boolean {
  if (wanted === undefined) return false
  const name = pathname(path)
  if (wanted.endsWith('*')) return name.startsWith(wanted.slice(0, -1))
  return name === wanted || name.startsWith(wanted.endsWith('/') ? wanted : `${wanted}/`)
}

/** By its end; one that is open, by its beginning. What names no path or time is not meant where one is asked for. */
export function isAskedFor(only: Only, { path, closedMs, openedMs }: LoggedConnection): boolean {
  if (only.path !== undefined && (path === undefined || !isPathOf(only, path))) return false
  const { sinceMs = Number.NEGATIVE_INFINITY, untilMs = Number.POSITIVE_INFINITY } = only
  if (only.sinceMs === undefined && only.untilMs === undefined) return true
  const atMs = closedMs ?? openedMs
  return atMs !== undefined && atMs >= sinceMs && atMs < untilMs
}
