/**
 * Access lines of nginx and Apache: common and combined, with what people append (`rt=60.000`, `"websocket"`,
 * `%D`), and formats made of `key=value` around a quoted request.
 *
 * nginx's $request_time has three decimals, Apache's %D is a whole number of microseconds, and that tells the
 * two apart where no key does (nginx.org, ngx_http_log_module; httpd, mod_log_config).
 */
import { duration, requestLine, setField, withoutPort } from '#lib/logs/access-fields.ts'
import type { AccessRecord, LineFormat, LineMemory, LineOptions } from '#lib/logs/record.ts'
import { commonLogStamp, isoStamp, type Stamp } from '#lib/logs/stamp.ts'
import { type Token, tokens } from '#lib/logs/tokens.ts'

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[\da-fA-F.]*:)[\da-fA-F:.]*)$/
const hostname = /^[A-Za-z\d](?:[\w-]{0,62}\.)*[\w-]{1,63}$/

export function parseAccess(line: string, { memory }: LineOptions): AccessRecord | undefined {
  // Cheap refusals first: every access line has a quoted request.
  if (!line.includes('"')) return undefined
  const words = tokens(line)
  if (words === undefined || words.length < 3) return undefined
  const record: AccessRecord = { kind: 'access', format: 'combined', resolutionMs: 1000 }
  const requestAt = words.findIndex((word, index) => index < 10 && isRequest(words, index, word))
  // Of a line that was copied from its request on, the client is missing.
  const isWhole = requestAt > 0 && readClient(record, words)
  if (!isWhole && !(requestAt === 0 && isAnswered(words))) return undefined
  readStamp(record, words, requestAt)
  Object.assign(record, requestLine(words[requestAt]?.value ?? ''))
  record.format = readRest(record, words, requestAt, memory)
  if (BY_BEGINNING.has(record.format)) dateFromBeginning(record)
  if (record.upgrade === undefined && isOfPage(words, requestAt)) record.upgrade = false
  return record.status === undefined ? pipedBy(record, words, requestAt) : record
}

/**
 * A GET over HTTP/2 that names the page it came from: script fetched it. There a WebSocket begins with CONNECT (RFC 8441
 * §4), and browsers send no Referer with its handshake.
 */
function isOfPage(words: readonly Token[], requestAt: number): boolean {
  const [request, , , referer] = words.slice(requestAt)
  return (
    /^GET \/.{0,8192} HTTP\/[23](?:\.0)?$/.test(request?.value ?? '') &&
    referer?.quoted === true &&
    /^https?:\/\//.test(referer.value)
  )
}

/** Varnish, which hands a WebSocket through (`return (pipe)`), writes the whole URL, when it came, and nothing of the answer. */
function pipedBy(
  { startedMs: _started, atMs, ...record }: AccessRecord,
  words: readonly Token[],
  requestAt: number,
): AccessRecord | undefined {
  const [request, status, bytes] = words.slice(requestAt)
  const isPiped =
    /^GET https?:\/\//.test(request?.value ?? '') && status?.value === '-' && bytes?.value === '-'
  return isPiped && atMs !== undefined ? { ...record, startedMs: atMs } : undefined
}

/** Whose stamp is when the request came: %t of Apache (mod_log_config), and Traefik's (middlewares/accesslog/logger_formatters.go). */
const BY_BEGINNING: ReadonlySet<LineFormat> = new Set(['apache-access', 'traefik'])

function dateFromBeginning(record: AccessRecord): void {
  if (record.atMs === undefined || record.durationMs === undefined) return
  record.startedMs = record.atMs
  record.atMs += record.durationMs
}

function isRequest(
  words: readonly Token[],
  index: number,
  { key, value, quoted, bracketed }: Token,
): boolean {
  if (!quoted || bracketed || (key !== undefined && key !== 'request')) return false
  if (requestLine(value) !== undefined) return true
  // What never was HTTP (`\x16\x03\x01…`, `-`) still has a status behind it.
  return /^\d{3}$/.test(words[index + 1]?.value ?? '') && index >= 3
}

/** `"GET /ws HTTP/1.1" 403 284` */
const isAnswered = ([request, status, bytes]: readonly Token[]): boolean =>
  / HTTP\/\d/.test(request?.value ?? '') &&
  /^[1-5]\d\d$/.test(status?.value ?? '') &&
  /^(?:\d{1,18}|-)$/.test(bytes?.value ?? '')

/** The client is the first word, or the second behind a virtual host. */
function readClient(record: AccessRecord, words: readonly Token[]): boolean {
  const [first, second] = words
  if (first === undefined || first.quoted || first.key !== undefined) return false
  if (second !== undefined && !address.test(first.value) && address.test(second.value)) {
    record.client = second.value
    return true
  }
  // eventlet writes the forwarded address behind the peer's.
  const client = withoutPort(first.value.split(',')[0] ?? '')
  if (!address.test(client) && !hostname.test(client)) return false
  record.client = client
  return true
}

/** As the common format has it; werkzeug has a blank before the time, gevent and eventlet write ISO 8601. */
function stampOf(value: string): Stamp | undefined {
  const read = isoStamp(value)
  if (read === undefined) return commonLogStamp(value.replace(/^(\d{1,2}\/[A-Z][a-z]{2}\/\d{4}) /, '$1:'))
  const { length: _read, ...stamp } = read
  return stamp
}

function readStamp(record: AccessRecord, words: readonly Token[], before: number): void {
  for (const { bracketed, value } of words.slice(0, before)) {
    const stamp = bracketed ? stampOf(value) : undefined
    if (stamp !== undefined) Object.assign(record, stamp)
  }
}

/** Reads what stands behind the request and says whose line it is. */
function readRest(
  record: AccessRecord,
  words: readonly Token[],
  requestAt: number,
  memory: LineMemory | undefined,
): LineFormat {
  let format: LineFormat = 'combined'
  const [status, bytes] = [words[requestAt + 1], words[requestAt + 2]]
  let at = requestAt + 1
  if (status !== undefined && status.key === undefined && /^\d{3}$/.test(status.value)) {
    record.status = Number(status.value)
    if (bytes !== undefined && bytes.key === undefined && /^\d{1,18}$/.test(bytes.value))
      record.bytes = Number(bytes.value)
    at += bytes !== undefined && bytes.key === undefined ? 2 : 1
  }
  const rest = words.slice(at)
  for (const { key, value } of rest) {
    if (key === undefined || !setField(record, key, value)) continue
    format = key === 'D' || key === 'T' ? 'apache-access' : 'nginx-access'
  }
  const unnamed = rest.filter(({ key }) => key === undefined)
  const userAgent = unnamed.filter(({ quoted, bracketed }) => quoted && !bracketed)[1]?.value
  if (userAgent !== undefined && record.userAgent === undefined) record.userAgent = userAgent
  if (record.durationMs === undefined) format = readUnnamed(record, unnamed, memory) ?? format
  return format === 'combined' && userAgent !== undefined ? writerOf(userAgent) : format
}

/**
 * Numbers without a name: nginx's $request_time has three decimals and is the first such number, also in quotes; Rack has four of
 * a second at the end, gunicorn and hypercorn six; a whole number there is Apache's %D, or Tomcat's and Jetty's; Traefik writes
 * its unit.
 */
function readUnnamed(
  record: AccessRecord,
  unnamed: readonly Token[],
  memory: LineMemory | undefined,
): LineFormat | undefined {
  const bare = unnamed.filter(({ bracketed }) => !bracketed).map(({ value }) => value)
  const secondsAt = bare.findIndex((value) => /^\d{1,9}\.\d{3}$/.test(value))
  if (secondsAt !== -1) {
    record.durationMs = duration(bare[secondsAt] ?? '') ?? 0
    readUpstream(record, bare.slice(secondsAt + 1))
    return 'nginx-access'
  }
  const last = unnamed.at(-1)
  if (last === undefined || last.quoted) return undefined
  if (/^\d{1,12}ms$/.test(last.value)) {
    record.durationMs = duration(last.value) ?? 0
    // Router and server stand before it there; %{ms}T of Apache may have its unit written beside it as well.
    return unnamed.at(-2)?.quoted && unnamed.at(-3)?.quoted && /^\d{1,18}$/.test(unnamed.at(-4)?.value ?? '')
      ? 'traefik'
      : 'apache-access'
  }
  // %D with its unit, or behind %T: 60/60002113.
  const [, seconds, microseconds] = /^(?:(\d{1,9})\/)?(\d{1,18})(?:us|µs)?$/.exec(last.value) ?? []
  const isTwice = seconds !== undefined && Math.floor(Number(microseconds) / 1e6) === Number(seconds)
  if (microseconds !== undefined && (isTwice || /s$/.test(last.value))) {
    record.durationMs = Number(microseconds) / 1000
    return 'apache-access'
  }
  if (/^\d{1,9}\.(?:\d{4}|\d{6})$/.test(last.value)) {
    record.durationMs = duration(last.value) ?? 0
    return 'framework'
  }
  return /^\d{1,18}$/.test(last.value)
    ? readWhole(record, Number(last.value), unnamed.length === 1, memory)
    : undefined
}

/** No page is answered in so few microseconds. */
const LEAST_MICROSECONDS = 50
/** Tunnels are longer, in microseconds. */
const SECOND_US = 1_000_000

/**
 * A whole number at the end: which unit it has is told by the pages of the same file. Where there are none, a tunnel of less than
 * a second is rather one of milliseconds behind the fields that Tomcat has, and left unread behind those that both have.
 */
function readWhole(
  record: AccessRecord,
  value: number,
  isAlone: boolean,
  memory: LineMemory | undefined,
): LineFormat | undefined {
  if (memory !== undefined && record.status !== 101 && (record.status ?? 0) < 400)
    memory.leastTaken = Math.min(memory.leastTaken ?? value, value)
  const least = memory?.leastTaken
  const isShort = record.status === 101 && value < SECOND_US && value >= 1000
  const isTold = least !== undefined && least < LEAST_MICROSECONDS
  // No tunnel is as short as a thousand microseconds: these are seconds, or milliseconds.
  if (record.status === 101 && value < 1000) return undefined
  if (isShort && !isAlone && !isTold) return undefined
  const isMilliseconds = isShort || isTold
  record.durationMs = isMilliseconds ? value : value / 1000
  return isMilliseconds ? 'framework' : 'apache-access'
}

/** ingress-nginx goes on with address, length, time and status of the upstream. */
function readUpstream(record: AccessRecord, bare: readonly string[]): void {
  const at = bare.findIndex((value) => /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]+\]):\d{1,5}$/.test(value))
  const status = bare[at + 3]
  if (at === -1 || status === undefined || !/^\d{3}$/.test(status)) return
  record.backend = bare[at] ?? ''
  record.upstreamStatus = Number(status)
}

/** nginx escapes a quote as \x22, Apache as \"; a user agent without one does not tell. */
function writerOf(userAgent: string): LineFormat {
  if (userAgent.includes('\\x22')) return 'nginx-access'
  return userAgent.includes('\\"') ? 'apache-access' : 'combined'
}
