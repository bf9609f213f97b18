/** One event as one line of text, by the table of `lib/protocol/log-line.ts`. */
import type { DiagnosticEvent, EventKind } from '#lib/protocol/events.ts'
import { isField, isHead, LINE_MARK, type LinePart, logLines } from '#lib/protocol/log-line.ts'
import { quote } from '#lib/protocol/log-value.ts'
import type { LogLevel } from '#server/config/config.ts'

/** The least level at which a kind becomes a line. */
export const levelOfKind = {
  attempt: 'info',
  rejected: 'warn',
  accepted: 'info',
  heartbeat: 'debug',
  pong_timeout: 'warn',
  traffic: 'debug',
  disconnected: 'info',
  error: 'error',
  recorded: 'info',
  watch: 'info',
  server: 'info',
} as const satisfies Record<EventKind, LogLevel>

/** The line, without its line break. The words people search for come first, the time last. */
export function formatLine(event: DiagnosticEvent): string {
  const parts: readonly LinePart[] = logLines[event.kind]
  let line = LINE_MARK
  let isAfterValue = false
  for (const part of parts) {
    if (isField(part)) {
      const [label, key, absent] = part
      const value = event[key]
      if (value === undefined && absent === undefined) continue
      line += `${isAfterValue ? ', ' : ''}${label}${value === undefined ? absent : quote(String(value))}`
    } else {
      line += isHead(part) ? part.write(event) : part
    }
    isAfterValue = isField(part)
  }
  return `${line}, at=${new Date(Math.round(event.at * 1000)).toISOString()}`
}
