/**
 * IIS's W3C log with the fields that it selects itself (learn.microsoft.com, "Select W3C Fields to Log"). Of a WebSocket
 * there is one line with status 101, written when the connection ended; time-taken is milliseconds.
 */
import type { AccessRecord } from '#lib/logs/record.ts'
import { isoStamp } from '#lib/logs/stamp.ts'

const LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) [\d.:a-fA-F]{2,45} ([A-Z]{3,16}) (\/\S{0,4096}) (\S{1,4096}) \d{1,5} \S{1,200} ([\d.:a-fA-F]{2,45}) (\S{1,2000}) \S{1,2000} (\d{3}) \d{1,5} \d{1,10} (\d{1,12})$/

export function parseIis(line: string): AccessRecord | undefined {
  const match = LINE.exec(line)
  if (match === null) return undefined
  const [, ended = '', method = '', stem = '', query = '-', client = '', agent = '-', status, taken] = match
  const atMs = isoStamp(ended)?.atMs
  const durationMs = Number(taken)
  return {
    kind: 'access',
    format: 'iis',
    resolutionMs: 1000,
    client,
    method,
    path: query === '-' ? stem : `${stem}?${query}`,
    status: Number(status),
    durationMs,
    ...(agent !== '-' && { userAgent: agent.replaceAll('+', ' ') }),
    ...(atMs !== undefined && { atMs, startedMs: atMs - durationMs }),
  }
}
