/** Lines that are one JSON object: our own events, Caddy's, Traefik's and Envoy's records, nginx's JSON formats. Parsed once, then told apart. */
import { readAccessJson } from '#lib/logs/formats/access-json.ts'
import { readCaddy } from '#lib/logs/formats/caddy.ts'
import { readEnvoyJson } from '#lib/logs/formats/envoy.ts'
import { readOwnEvent } from '#lib/logs/formats/own-event.ts'
import { readTraefik } from '#lib/logs/formats/traefik.ts'
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
  return (
    readOwnEvent(fields) ??
    readCaddy(fields) ??
    readTraefik(fields) ??
    readEnvoyJson(fields) ??
    readAccessJson(fields)
  )
}
