/**
 * What Phoenix says of its sockets: `CONNECTED TO AppWeb.UserSocket in 45µs`, `REFUSED CONNECTION TO …` (phoenix, lib/phoenix/logger.ex).
 * Neither path nor address is in it, and of an end there is nothing.
 */
import type { AppRecord } from '#lib/logs/record.ts'
import { isoStamp, type Stamp } from '#lib/logs/stamp.ts'

const SOCKET = /\b(REFUSED CONNECTION|CONNECTED) TO ([A-Z][\w.]{0,200}) in \d{1,9}(?:µs|ms)$/
/** `2026-11-20 09:00:00.123 [info] `, with metadata before or behind the level. */
const LONGEST_HEAD = 300

export function parsePhoenix(line: string): AppRecord | undefined {
  if (!line.includes('CONNECTED TO ') && !line.includes('REFUSED CONNECTION TO ')) return undefined
  const match = SOCKET.exec(line)
  if (match === null || match.index > LONGEST_HEAD) return undefined
  const isRefused = match[1] !== 'CONNECTED'
  const read = isoStamp(line)
  const stamp: Partial<Stamp> =
    read === undefined ? {} : { atMs: read.atMs, ...(read.zoneless && { zoneless: true }) }
  return {
    kind: 'app',
    format: 'phoenix',
    resolutionMs: 1,
    ...stamp,
    event: isRefused ? 'rejected' : 'accepted',
    // connect/3 of the socket said :error.
    ...(isRefused && { status: 403, reason: match[0] }),
  }
}
