/**
 * W3C extended logs: IIS, the logger of ASP.NET Core, CloudFront. A `#Fields` line names the columns, and may come again with
 * others; without one the columns are those that IIS selects itself (learn.microsoft.com, "Select W3C Fields to Log"). Of a
 * WebSocket there is one line with status 101, written when the connection ended.
 */
import { withoutPort } from '#lib/logs/access-fields.ts'
import type { AccessRecord, LineOptions, LogRecord } from '#lib/logs/record.ts'
import { isoStamp } from '#lib/logs/stamp.ts'

/** IIS 7 has no referrer among them. */
const LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) [\d.:a-fA-F]{2,45} ([A-Z]{3,16}) (\/\S{0,4096}) (\S{1,4096}) \d{1,5} \S{1,200} ([\d.:a-fA-F]{2,45}) (\S{1,2000})(?: \S{1,2000})? (\d{3}) (\d{1,5}) (\d{1,10}) (\d{1,12})$/
const NAMED = '#Fields: '
const DIRECTIVE = /^#(?:Fields|Software|Version|Date|Start-Date|End-Date|Remark|GMT-Offset): ?/
const MOST_FIELDS = 60
const LONGEST_HEADER = 2000

export function parseIis(line: string, { memory }: LineOptions): LogRecord | undefined {
  if (line.charCodeAt(0) === NUMBER_SIGN) return readDirective(line, memory)
  return readNamed(line, memory?.fields) ?? readUsual(line)
}

const NUMBER_SIGN = 35

function readDirective(line: string, memory: LineOptions['memory']): LogRecord | undefined {
  if (!DIRECTIVE.test(line)) return undefined
  if (memory !== undefined && line.startsWith(NAMED) && line.length <= LONGEST_HEADER) {
    const names = line
      .slice(NAMED.length)
      .trim()
      .split(/[ \t]+/)
    memory.fields = names.length > MOST_FIELDS ? undefined : { names, line }
  }
  return { kind: 'notice', format: 'iis', resolutionMs: 1000, sign: 'other', level: 'info', text: '' }
}

function readUsual(line: string): AccessRecord | undefined {
  const match = LINE.exec(line)
  if (match === null) return undefined
  const [
    ,
    ended = '',
    method = '',
    stem = '',
    query = '-',
    client = '',
    agent = '-',
    status,
    sub,
    win32,
    taken,
  ] = match
  return recordOf({
    ended,
    method,
    stem,
    query,
    client,
    agent,
    status: Number(status),
    durationMs: Number(taken),
    why: whyOf(Number(status), sub, win32),
  })
}

type Fields = { names: readonly string[]; line: string }

/** Columns are parted by blanks, in CloudFront's by tabs; an empty one is `-`. */
function readNamed(line: string, fields: Fields | undefined): AccessRecord | undefined {
  if (fields === undefined || line.charCodeAt(0) < ZERO || line.charCodeAt(0) > ZERO + 9) return undefined
  const values = line.split(line.includes('\t') ? '\t' : ' ')
  if (values.length !== fields.names.length) return undefined
  const of = (name: string): string | undefined => {
    const value = values[fields.names.indexOf(name)]
    return value === '-' || value === '' ? undefined : value
  }
  const [date, time, status, stem] = [of('date'), of('time'), of('sc-status'), of('cs-uri-stem')]
  if (date === undefined || time === undefined || stem === undefined || !/^\d{3}$/.test(status ?? ''))
    return undefined
  const taken = Number(of('time-taken') ?? Number.NaN)
  const [bytes, port] = [Number(of('sc-bytes') ?? Number.NaN), Number(of('c-port') ?? Number.NaN)]
  const isCloudFront = fields.names.includes('x-edge-location')
  const forwarded = of('X-Forwarded-For') ?? of('x-forwarded-for') ?? of('cs(X-Forwarded-For)')
  return {
    ...recordOf({
      ended: `${date} ${time}`,
      method: of('cs-method') ?? 'GET',
      stem,
      query: of('cs-uri-query') ?? '-',
      client: forwardedTo(forwarded) ?? of('c-ip'),
      agent: of('cs(User-Agent)') ?? '-',
      status: Number(status),
      // IIS counts milliseconds, CloudFront seconds.
      durationMs: taken * (isCloudFront ? 1000 : 1),
      why: whyOf(Number(status), of('sc-substatus'), of('sc-win32-status')),
    }),
    ...(Number.isFinite(bytes) && { bytes }),
    ...(port > 0 && { clientPort: port }),
    ...(isCloudFront && ofCloudFront(of)),
    header: fields.line,
  }
}

const ZERO = 48

/** `cs-protocol` says what the viewer asked for (docs.aws.amazon.com, "Standard log file fields"). */
function ofCloudFront(
  of: (name: string) => string | undefined,
): Pick<AccessRecord, 'format' | 'upgrade' | 'error'> {
  const result = of('x-edge-detailed-result-type')
  const protocol = of('cs-protocol')
  const upgrade = protocol === undefined ? undefined : protocol === 'ws' || protocol === 'wss'
  const isError = result !== undefined && Number(of('sc-status')) >= 400
  return {
    format: 'cloudfront',
    ...(upgrade !== undefined && { upgrade }),
    ...(isError && { error: `CloudFront: ${result}` }),
  }
}

/** The first of a list. */
function forwardedTo(list: string | undefined): string | undefined {
  const first = list?.split(/[,+]/)[0]
  return first === undefined || first === '' ? undefined : withoutPort(first)
}

interface Parts {
  ended: string
  method: string
  stem: string
  query: string
  client: string | undefined
  agent: string
  status: number
  durationMs: number
  why: string | undefined
}

/** The second number of an error and the one of Windows, as the page of that error has them. */
function whyOf(status: number, sub = '0', win32 = '0'): string | undefined {
  return status < 400 || (sub === '0' && win32 === '0')
    ? undefined
    : `HTTP Error ${status}.${sub} - Windows error ${win32}`
}

function recordOf({
  ended,
  method,
  stem,
  query,
  client,
  agent,
  status,
  durationMs,
  why,
}: Parts): AccessRecord {
  const atMs = isoStamp(ended)?.atMs
  const isLong = Number.isFinite(durationMs)
  return {
    kind: 'access',
    format: 'iis',
    resolutionMs: 1000,
    method,
    path: query === '-' ? stem : `${stem}?${query}`,
    status,
    ...(client !== undefined && { client }),
    ...(why !== undefined && { error: why }),
    ...(isLong && { durationMs }),
    ...(agent !== '-' && { userAgent: agent.replaceAll('+', ' ') }),
    ...(atMs !== undefined && { atMs, ...(isLong && { startedMs: atMs - durationMs }) }),
  }
}
