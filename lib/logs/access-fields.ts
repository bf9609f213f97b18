/** The named values of access lines and JSON access records, under the names people give them in their log formats. */
import type { AccessRecord } from '#lib/logs/record.ts'

type Setter = (record: AccessRecord, value: string) => void

const seconds: Setter = (record, value) => {
  const number = duration(value)
  if (number !== undefined) record.durationMs = number
}
const microseconds: Setter = (record, value) => {
  const number = duration(value, 1 / 1000)
  if (number !== undefined) record.durationMs = number
}
const milliseconds: Setter = (record, value) => {
  const number = duration(value, 1)
  if (number !== undefined) record.durationMs = number
}
const upstreamStatus: Setter = (record, value) => {
  record.upstreamStatus = lastStatus(value)
}
const upstreamConnect: Setter = (record, value) => {
  // Several tries are listed with commas; the last one is the one that counted.
  record.upstreamConnectMs = duration(value.slice(value.lastIndexOf(',') + 1).trim()) ?? null
}
const completion: Setter = (record, value) => {
  record.complete = value === 'OK'
}
const upgrade: Setter = (record, value) => {
  const wanted = value.toLowerCase()
  if (wanted === 'websocket' || wanted === '-' || wanted === '') record.upgrade = wanted === 'websocket'
}
const connection: Setter = (record, value) => {
  if (/^\d{1,18}$/.test(value)) record.connection = value
}
const bytes: Setter = (record, value) => {
  const number = Number(value)
  if (value !== '' && Number.isFinite(number)) record.bytes = number
}
const status: Setter = (record, value) => {
  if (/^\d{3}$/.test(value)) record.status = Number(value)
}
const client: Setter = (record, value) => {
  if (value !== '' && value !== '-') record.client = withoutPort(value)
}
const clientPort: Setter = (record, value) => {
  if (/^\d{1,5}$/.test(value)) record.clientPort = Number(value)
}
const flags: Setter = (record, value) => {
  if (/^[A-Za-z-]{4}$/.test(value)) record.flags = value
}
const request: Setter = (record, value) => {
  const parts = requestLine(value)
  if (parts !== undefined) Object.assign(record, parts)
}
const method: Setter = (record, value) => {
  record.method = value
}
const path: Setter = (record, value) => {
  record.path = value
}
const userAgent: Setter = (record, value) => {
  record.userAgent = value
}
const backend: Setter = (record, value) => {
  if (value !== '' && value !== '-') record.backend = value
}

const setters = new Map<string, Setter>([
  ...names(seconds, 'rt', 'request_time', 'reqtime', 'duration', 'T'),
  ...names(microseconds, 'D', 'duration_us'),
  ...names(milliseconds, 'duration_ms', 'latency_ms', 'elapsed_ms', 'response_time_ms', 'time_ms'),
  ...names(upstreamStatus, 'us', 'ustatus', 'upstream_status'),
  ...names(upstreamConnect, 'uct', 'upstream_connect_time'),
  ...names(completion, 'cs', 'completion', 'request_completion'),
  ...names(upgrade, 'up', 'upgrade', 'http_upgrade'),
  ...names(connection, 'connection', 'conn', 'connection_id'),
  ...names(bytes, 'bytes', 'bytes_sent', 'body_bytes_sent', 'size'),
  ...names(status, 'status', 'status_code', 'http_status'),
  ...names(client, 'remote_addr', 'client', 'client_ip', 'remote_ip', 'ip'),
  ...names(clientPort, 'remote_port', 'client_port'),
  ...names(flags, 'termination_state', 'term_state', 'tsc'),
  ...names(request, 'request'),
  ...names(method, 'method', 'request_method'),
  ...names(path, 'uri', 'request_uri', 'path', 'url'),
  ...names(userAgent, 'user_agent', 'http_user_agent', 'agent', 'userAgent'),
  ...names(backend, 'ua', 'uaddr', 'upstream_addr'),
])

function names(setter: Setter, ...keys: string[]): [string, Setter][] {
  return keys.map((key) => [key, setter])
}

const namesOf = (...of: Setter[]): string[] =>
  [...setters].flatMap(([name, setter]) => (of.includes(setter) ? [name] : []))

/** Names of what stands in the request and behind it, and counts more where it is named. */
export const requestNames = namesOf(status, request, method, path)
/** Names of what the client's Upgrade header said. */
export const upgradeNames = namesOf(upgrade)
/** Names of how long it took. */
export const durationNames = namesOf(seconds, microseconds, milliseconds)

/** Puts a named value into the record; unknown names are ignored. True if the name is one of ours. */
export function setField(record: AccessRecord, key: string, value: string): boolean {
  const setter = setters.get(key)
  setter?.(record, value)
  return setter !== undefined
}

/** An address without its port, and an IPv4 address without what makes it one of IPv6; names stay as they are. */
export function withoutPort(address: string): string {
  const [, v4, v6] =
    /^(?:(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?|\[([\da-fA-F:.]{2,45})\](?::\d{1,5})?)$/.exec(
      address,
    ) ?? []
  return v4 ?? v6 ?? address
}

/** `GET /ws HTTP/1.1`, with absolute URLs of HTTP/2 reduced to their path; hypercorn writes the version alone, or `ws`. */
export function requestLine(text: string): { method: string; path: string } | undefined {
  const match = /^([A-Z]{3,16}) (\S{1,8192})(?: (?:HTTP\/)?\d(?:\.\d)?| ws)?$/.exec(text)
  if (match === null) return undefined
  const [, method = '', target = ''] = match
  return { method, path: target.replace(/^[a-z]{2,5}:\/\/[^/]*/, '') || '/' }
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, ms: 1, us: 1e-3, µs: 1e-3, μs: 1e-3, ns: 1e-6 }

/**
 * Seconds (or what `unitMs` says) with an optional unit of their own as ms, also as Go writes it (`1h2m0.5s`); undefined for `-`
 * and nonsense.
 */
export function duration(text: string, unitMs = 1000): number | undefined {
  const match =
    /^(?:(\d{1,9})h)?(?:(\d{1,9})m(?!s))?(?:(\d{1,18}(?:\.\d{1,12})?) ?(ns|us|µs|μs|ms|s)?)?,?$/.exec(text)
  const [, hours, minutes, value, unit] = match ?? []
  if (hours === undefined && minutes === undefined && value === undefined) return undefined
  const factor = unit === undefined ? unitMs : (UNITS_MS[unit] ?? unitMs)
  return Number(hours ?? 0) * 3_600_000 + Number(minutes ?? 0) * 60_000 + Number(value ?? 0) * factor
}

function lastStatus(text: string): number | null {
  const match = /(\d{3}),?$/.exec(text)
  return match === null ? null : Number(match[1])
}
