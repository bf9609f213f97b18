/** Lines that are one JSON object: our own events, Caddy's records, nginx's JSON formats. Parsed once, then told apart. */
import { readAccessJson } from '#lib/logs/formats/access-json.ts'
import { readCaddy } from '#lib/logs/formats/caddy.ts'
import { readOwnEvent } from '#lib/logs/formats/own-event.ts'
import type { LogRecord } from '#lib/logs/record.ts'

const OPEN_BRACE = 123

export function parseJson(line: string): LogRecord | undefined {
  if (line.charCodeAt(0) !== OPEN_BRACE) return undefined
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const fields = value as Record<string, unknown>
  return readOwnEvent(fields) ?? readCaddy(fields) ?? readAccessJson(fields)
}
