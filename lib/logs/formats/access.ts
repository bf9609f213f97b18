/**
 * Access lines of nginx and Apache: common and combined, with what people append (`rt=60.000`, `"websocket"`,
 * `%D`), and formats made of `key=value` around a quoted request.
 *
 * nginx's $request_time has three decimals, Apache's %D is a whole number of microseconds, and that tells the
 * two apart where no key does (nginx.org, ngx_http_log_module; httpd, mod_log_config).
 */
import { duration, requestLine, setField } from '#lib/logs/access-fields.ts'
import type { AccessRecord, LogFormat } from '#lib/logs/record.ts'
import { commonLogStamp } from '#lib/logs/stamp.ts'
import { type Token, tokens } from '#lib/logs/tokens.ts'

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F:.]*:[\da-fA-F:.]*)$/
const hostname = /^[A-Za-z\d](?:[\w-]{0,62}\.)*[\w-]{1,63}$/

export function parseAccess(line: string): AccessRecord | undefined {
  // Cheap refusals first: every access line has a quoted request.
  if (!line.includes('"')) return undefined
  const words = tokens(line)
  if (words === undefined || words.length < 3) return undefined
  const record: AccessRecord = { kind: 'access', format: 'combined', resolutionMs: 1000 }
  const requestAt = words.findIndex((word, index) => index < 10 && isRequest(words, index, word))
  if (requestAt === -1 || !readClient(record, words)) return undefined
  readStamp(record, words, requestAt)
  Object.assign(record, requestLine(words[requestAt]?.value ?? ''))
  record.format = readRest(record, words, requestAt)
  return record.status === undefined ? undefined : record
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

/** The client is the first word, or the second behind a virtual host. */
function readClient(record: AccessRecord, words: readonly Token[]): boolean {
  const [first, second] = words
  if (first === undefined || first.quoted || first.key !== undefined) return false
  if (second !== undefined && !address.test(first.value) && address.test(second.value)) {
    record.client = second.value
    return true
  }
  if (!address.test(first.value) && !hostname.test(first.value)) return false
  record.client = first.value
  return true
}

function readStamp(record: AccessRecord, words: readonly Token[], before: number): void {
  for (const { bracketed, value } of words.slice(0, before)) {
    const stamp = bracketed ? commonLogStamp(value) : undefined
    if (stamp !== undefined) Object.assign(record, stamp)
  }
}

/** Reads what stands behind the request and says whose line it is. */
function readRest(record: AccessRecord, words: readonly Token[], requestAt: number): LogFormat {
  let format: LogFormat = 'combined'
  const [status, bytes] = [words[requestAt + 1], words[requestAt + 2]]
  let at = requestAt + 1
  if (status !== undefined && status.key === undefined && /^\d{3}$/.test(status.value)) {
    record.status = Number(status.value)
    if (bytes !== undefined && bytes.key === undefined && /^\d+$/.test(bytes.value))
      record.bytes = Number(bytes.value)
    at += bytes !== undefined && bytes.key === undefined ? 2 : 1
  }
  const quoted: string[] = []
  for (const { key, value, quoted: isQuoted } of words.slice(at)) {
    if (key !== undefined) {
      if (!setField(record, key, value)) continue
      if (key === 'D' || key === 'T') format = 'apache-access'
      else format = 'nginx-access'
    } else if (isQuoted) {
      quoted.push(value)
    } else if (record.durationMs === undefined && /^\d+$/.test(value)) {
      record.durationMs = duration(value, 1 / 1000) ?? 0
      format = 'apache-access'
    } else if (record.durationMs === undefined && /^\d+\.\d{3}$/.test(value)) {
      record.durationMs = duration(value) ?? 0
      format = 'nginx-access'
    }
  }
  const userAgent = quoted[1]
  if (userAgent !== undefined && record.userAgent === undefined) record.userAgent = userAgent
  if (format === 'combined' && userAgent !== undefined) {
    if (userAgent.includes('\\x22')) format = 'nginx-access'
    else if (userAgent.includes('\\"')) format = 'apache-access'
  }
  return format
}
