/**
 * What web frameworks print of each request: Gin, Fiber and chi (Go), morgan (Express), Kestrel and Serilog (ASP.NET Core),
 * tower-http (axum), Render, and whatever writes `method=… path=… status=…`. They are the server's own lines, written when the request
 * ended: of an upgraded connection, when that did.
 */
import { duration, requestLine, setField, withoutPort } from '#lib/logs/access-fields.ts'
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
  // HTTP GET /ws responded 101 in 60012.5432 ms, of Serilog
  /\bHTTP (?<method>[A-Z]{3,10}) (?<path>\/\S{0,8192}) responded (?<status>\d{3}) in (?<took>\d{1,12}(?:\.\d{1,9})? ms)$/,
  // [GET]101 app.example/ws clientIP="203.0.113.7" requestID="…" responseTimeMS=60012 responseBytes=129 userAgent="…", of Render
  /^\[(?<method>[A-Z]{3,10})\] ?(?<status>\d{3}) [^\s/]{1,255}(?<path>\/\S{0,8192}) clientIP="(?<client>[^",]{1,60})[^"]{0,300}" [^\n]{0,200}?responseTimeMS=(?<took>\d{1,12})\b/,
  // ::1 - GET /ws HTTP/1.1 404 164 - 3.127 ms, of morgan’s short format
  /^(?<client>[\d.:a-fA-F]{2,45}) \S{1,200} (?<method>[A-Z]{3,10}) (?<path>\/\S{0,8192}) HTTP\/[\d.]{1,3} (?<status>\d{3}) (?:\d{1,18}|-) - (?<took>\d{1,12}(?:\.\d{1,9})? ms|-)$/,
  // request{method=GET uri=/ws version=HTTP/1.1}: … finished processing request latency=0 ms status=426
  /\bmethod=(?<method>[A-Z]{3,10}) (?:uri|path)=(?<path>\S{1,8192}) [^\n]{0,400}?\blatency=(?<took>\d{1,12} ms) status=(?<status>\d{3})\b/,
]

const MARKS = /\[GIN|responded |responseTimeMS=|\| |" from |\bms\b|ms$|\bstatus=|" HTTP\/1/

export function parseFramework(line: string): AccessRecord | undefined {
  if (line.length > 16_000 || !MARKS.test(line)) return undefined
  for (const form of FORMS) {
    const groups = form.exec(line)?.groups
    if (groups !== undefined) return recordOf(groups)
  }
  return parseLogfmt(line)
}

function recordOf({ method, path = '', status, took = '', client, stamp }: Partial<Record<string, string>>) {
  // Render’s milliseconds have their unit in the name.
  const durationMs = duration(took, 1)
  const written = stamp === undefined ? undefined : isoStamp(stamp.replace(' - ', ' '))
  const record: AccessRecord = {
    kind: 'access',
    format: 'framework',
    resolutionMs: 1000,
    ...requestLine(`${method} ${path}`),
    status: Number(status),
    ...(durationMs !== undefined && { durationMs }),
    ...(client !== undefined && { client: withoutPort(client) }),
  }
  if (written === undefined) return record
  const { length: _read, ...time } = written
  return { ...record, ...time }
}

const TIMES: ReadonlySet<string> = new Set(['duration', 'latency', 'elapsed', 'took'])
const STAMPS: ReadonlySet<string> = new Set(['t', 'time', 'ts', 'timestamp'])

/** `method=GET path=/ws status=403`, in any order and among other names. */
function parseLogfmt(line: string): AccessRecord | undefined {
  if (!/\bstatus=\d{3}\b/.test(line) || !/\b(?:path|uri|url|request_uri)=/.test(line)) return undefined
  const words = tokens(line)
  if (words === undefined) return undefined
  const record: AccessRecord = { kind: 'access', format: 'framework', resolutionMs: 1000 }
  // lograge of Rails counts milliseconds.
  const unitMs = words.some(({ key }) => key === 'controller') ? 1 : 1000
  for (const { key, value } of words) {
    if (key === undefined) continue
    if (STAMPS.has(key)) Object.assign(record, jsonStamp(value))
    else if (TIMES.has(key)) record.durationMs ??= duration(value, unitMs) ?? 0
    else setField(record, key, value)
  }
  return record.status === undefined || record.path === undefined || record.method === undefined
    ? undefined
    : record
}
