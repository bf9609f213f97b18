import type { LogEntry } from '#lib/store/connection/message-log.ts'
import { visible } from '#lib/text/foreign.ts'
import { formatHex } from '#lib/text/hex.ts'

/**
 * As JSON lines, one entry each, for a file or a colleague. `at` is ISO 8601 in UTC; binary payloads are hex. `truncated` says
 * that the payload was longer than what is kept.
 */
export function exportLines(entries: Iterable<LogEntry>): string {
  return Array.from(entries, (entry) => `${visible(JSON.stringify(toRecord(entry)))}\n`).join('')
}

function toRecord(entry: LogEntry): object {
  const at = new Date(entry.at).toISOString()
  if (entry.type === 'note') return { at, note: entry.text }
  const { direction, payload, sizeBytes, truncated, rttMs, isPing } = entry
  const data = payload.opcode === 'text' ? payload.text : formatHex(payload.bytes)
  return {
    at,
    direction,
    opcode: payload.opcode,
    size_bytes: sizeBytes,
    data,
    ...(truncated ? { truncated } : {}),
    ...(rttMs === null ? {} : { rtt_ms: rttMs }),
    ...(isPing ? { page_ping: true } : {}),
  }
}
