/**
 * What web frameworks print of each request: Gin, Fiber and chi (Go), morgan (Express), Kestrel (ASP.NET Core), tower-http
 * (axum), and whatever writes `method=… path=… status=…`. They are the server's own lines, written when the request
 * ended: of an upgraded connection, when that did.
 */
import { duration, requestLine, setField } from '#lib/logs/access-fields.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { isoStamp, jsonStamp } from '#lib/logs/stamp.ts'
import { tokens } from '#lib/logs/tokens.ts'

/** Named groups: `method`, `path`, `status`, `took`, `client`, `stamp`; each form begins at the line's own text. */
const FORMS: readonly RegExp[] = [
  // [GIN] 2026/05/01 - 10:00:00 | 404 |      11.2µs |    192.0.2.1 | GET      "/ws"
  /^\[GIN(?:-debug)?\] (?<stamp>\d{4}\/\d\d\/\d\d - \d\d:\d\d:\d\d) \|\s{0,9}(?<status>\d{3}) \|\s{0,20}(?<took>[\dhmsµn.]{2,20}) \|\s{0,45}(?<client>[\d.:a-fA-F]{2,45}) \|\s{0,9}(?<method>[A-Z]{3,10})\s{1,12}"(?<path>[^"\s]{1,8192})"/,
  // 10:00:00 | 426 |  1.2ms | 192.0.2.1 | GET | /ws | -
  /^(?:\[[^\]]{1,40}\] |\d\d:\d\d:\d\d \| )\s{0,9}(?<status>\d{3}) \|\s{0,20}(?<took>[\dhmsµn.]{2,20}) \|\s{0,45}(?<client>[\d.:a-fA-F]{2,45}) \|\s{0,9}(?<method>[A-Z]{3,10})\s{0,9}\| (?<path>\S{1,8192})/,
  // "GET http://localhost:8080/ws HTTP/1.1" from 127.0.0.1:5432 - 404 19B in 23.1µs
  /^(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?(?:\[[^\]\s]{1,80}\] )?"(?<method>[A-Z]{3,10}) (?<path>\S{1,8192}) HTTP\/[\d.]{1,3}" from (?<client>\S{2,60}) - (?<status>\d{3}) \d{1,18}B in (?<took>[\dhmsµn.]{2,24})/,
  // GET /ws 404 3.127 ms - 164, and with the length before the time
  /^(?<method>GET) (?<path>\/\S{0,8192}) (?<status>\d{3}) (?:(?:\d{1,18}|-) - )?(?<took>\d{1,12}(?:\.\d{1,9})? ms|-)(?: - (?:\d{1,18}|-))?$/,
  // Request finished HTTP/1.1 GET http://localhost:5000/hub?id=x - 404 0 - 1.2345ms
  /\bRequest finished HTTP\/[\d.]{1,3} (?<method>[A-Z]{3,10}) (?<path>\S{1,8192})[^\n]{0,60}? - (?<status>\d{3})\b[^\n]{0,80}? (?<took>\d{1,12}(?:\.\d{1,9})?ms)$/,
  // 10.0.0.1:42111 - id - - [2026/05/01 10:00:00] a.example GET - "/ws" HTTP/1.1 "Mozilla/5.0" 302 8 0.001, of oauth2-proxy
  /^(?<client>[\d.:a-fA-F[\]]{2,60}) - \S{1,80} (?:- )?\S{1,200} \[(?<stamp>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d)\] \S{1,255} (?<method>[A-Z]{3,10}) \S{1,300} "(?<path>[^"\s]{1,8192})" HTTP\/[\d.]{1,3} "[^"]{0,1000}" (?<status>\d{3}) \d{1,18} (?<took>\d{1,9}\.\d{1,9})$/,
  // request{method=GET uri=/ws version=HTTP/1.1}: … finished processing request latency=0 ms status=426
  /\bmethod=(?<method>[A-Z]{3,10}) (?:uri|path)=(?<path>\S{1,8192}) [^\n]{0,400}?\blatency=(?<took>\d{1,12} ms) status=(?<status>\d{3})\b/,
]

const MARKS = /\[GIN|\| |" from |\bms\b|ms$|\bstatus=|" HTTP\/1/

export function parseFramework(line: string): AccessRecord | undefined {
  if (line.length > 16_000 || !MARKS.test(line)) return undefined
  for (const form of FORMS) {
    const groups = form.exec(line)?.groups
    if (groups !== undefined) return recordOf(groups)
  }
  return parseLogfmt(line)
}

function recordOf({ method, path = '', status, took = '', client, stamp }: Partial<Record<string, string>>) {
  const durationMs = durationOf(took)
  const written = stamp === undefined ? undefined : isoStamp(stamp.replace(' - ', ' '))
  const record: AccessRecord = {
    kind: 'access',
    format: 'framework',
    resolutionMs: 1000,
    ...requestLine(`${method} ${path}`),
    status: Number(status),
    ...(durationMs !== undefined && { durationMs }),
    ...(client !== undefined && { client: client.replace(/:\d{1,5}$/, '') }),
  }
  if (written === undefined) return record
  const { length: _read, ...time } = written
  return { ...record, ...time }
}

/** `11.2µs`, `1m0.002s`, `3.127 ms`. */
function durationOf(took: string): number | undefined {
  const parts = /^(?:(\d{1,9})h)?(?:(\d{1,9})m(?!s))?(.{0,24})$/.exec(took.replace(' ', ''))
  const rest = parts?.[3] ? duration(parts[3]) : 0
  if (!parts || rest === undefined) return undefined
  return Number(parts[1] ?? 0) * 3_600_000 + Number(parts[2] ?? 0) * 60_000 + rest
}

const STAMPS: ReadonlySet<string> = new Set(['t', 'time', 'ts', 'timestamp'])

/** Heroku's router ended the request itself, and names why: that says more than the 503 beside it. */
const OF_ROUTER = /\bat=error code=[A-Z]\d\d /

/** `method=GET path=/ws status=403`, in any order and among other names. */
function parseLogfmt(line: string): AccessRecord | undefined {
  if (OF_ROUTER.test(line)) return undefined
  if (!/\bstatus=\d{3}\b/.test(line) || !/\b(?:path|uri|url|request_uri)=/.test(line)) return undefined
  const words = tokens(line)
  if (words === undefined) return undefined
  const record: AccessRecord = { kind: 'access', format: 'framework', resolutionMs: 1000 }
  for (const { key, value } of words) {
    if (key === undefined) continue
    if (STAMPS.has(key)) Object.assign(record, jsonStamp(value))
    else setField(record, key, value)
  }
  return record.status === undefined || record.path === undefined || record.method === undefined
    ? undefined
    : record
}
