/**
 * Requests that a program writes down twice: Caddy has a line in its error log and one in its access log for what it could
 * not pass on, each with client, port, path and status.
 */
import type { AccessRecord } from '#lib/logs/record.ts'

/** Both lines are written as the request ends. */
const NEAR_MS = 2000
/** The other line of a request comes next, or after those that ended at the same time. */
const MOST = 2000

/** Whether a record is the second one of its request; asked once of each, in the order of the lines. */
export function createRepeats(): (record: AccessRecord) => boolean {
  const first = new Map<string, { atMs: number | undefined; hasError: boolean }>()
  return (record) => {
    const { format, client, clientPort, path, status, atMs } = record
    if (format !== 'caddy' || client === undefined || clientPort === undefined) return false
    const hasError = record.error !== undefined
    const key = `${client} ${clientPort} ${status} ${path}`
    const before = first.get(key)
    const isNear = before !== undefined && Math.abs((before.atMs ?? 0) - (atMs ?? 0)) <= NEAR_MS
    if (before !== undefined && isNear && before.hasError !== hasError) {
      first.delete(key)
      return true
    }
    if (first.size >= MOST) for (const oldest of [...first.keys()].slice(0, MOST / 2)) first.delete(oldest)
    first.set(key, { atMs, hasError })
    return false
  }
}
