/**
 * JSON records of requests that no product of its own reads: nginx's `escape=json` formats and loggers of web frameworks, under
 * the names that people commonly choose.
 */
import { duration, setField, withoutPort } from '#lib/logs/access-fields.ts'
import {
  headerOf,
  type Members,
  numberOf,
  partOf,
  pathOfUrl,
  statusOf,
  textOf,
} from '#lib/logs/formats/members.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

/** The most exact one first. */
const stampNames = [
  'msec',
  'time_iso8601',
  'time',
  'timestamp',
  '@timestamp',
  'Timestamp',
  'time_local',
  'ts',
  'date',
  '@t',
]

/** A log of requests has no level; what a program logs has one, a message, or the length in words. */
const OF_LOGGERS = ['level', 'lvl', 'severity', 'msg', 'message', 'logger', 'latency_human', 'Level', '@mt']

export function readAccessJson(value: Members): AccessRecord | undefined {
  const isLogger = OF_LOGGERS.some((name) => value[name] !== undefined)
  const record = (isLogger ? undefined : ofProxy(value)) ?? ofLogger(value)
  if (record === undefined) return undefined
  for (const name of stampNames) {
    const stamp = jsonStamp(value[name])
    if (stamp === undefined) continue
    return Object.assign(record, stamp)
  }
  return record
}

/** Flat, with a text or a number for each of nginx's variables. */
function ofProxy(value: Members): AccessRecord | undefined {
  const record: AccessRecord = { kind: 'access', format: 'nginx-access', resolutionMs: 1000 }
  for (const [key, field] of Object.entries(value)) {
    if (typeof field === 'string') setField(record, key, field)
    else if (typeof field === 'number') setField(record, key, String(field))
  }
  if (record.status === undefined || record.path === undefined) return undefined
  if (record.flags !== undefined) record.format = 'haproxy'
  return record
}

/** The request and the answer may be members of their own, or of what a logger calls its metadata. */
function ofLogger(given: Members): AccessRecord | undefined {
  // tracing of Rust has the event's members in one object, and those of the request in another.
  const value = {
    ...partOf(given, 'span'),
    ...partOf(given, 'meta', 'context', 'State', 'Properties', 'data', 'httpRequest', 'fields'),
    ...given,
  }
  const http = partOf(value, 'http')
  const request = { ...partOf(http, 'request'), ...partOf(value, 'req', 'request', 'httpRequest') }
  const response = { ...partOf(http, 'response'), ...partOf(value, 'res', 'response') }
  const status =
    statusOf(response, 'statusCode', 'status', 'status_code') ??
    statusOf(value, ...STATUS) ??
    statusOf(value, 'http.response.status_code')
  const path =
    textOf(request, 'url', 'originalUrl', 'uri', 'path', 'requestUrl') ??
    textOf(value, ...PATH) ??
    textOf(partOf(value, 'url'), 'original', 'full', 'path')
  const method = textOf(request, 'method') ?? textOf(value, ...METHOD)
  if (status === undefined || path === undefined || method === undefined) return undefined
  const headers = partOf(request, 'headers')
  const wanted = headerOf(headers, 'upgrade')
  const client =
    headerOf(headers, 'x-forwarded-for')?.split(',')[0]?.trim() ??
    textOf(request, 'remoteAddress', 'ip', 'remote_ip', 'remote_addr') ??
    textOf(value, ...CLIENT)
  const port = numberOf(request, 'remotePort') ?? numberOf(value, 'remotePort')
  const took = tookOf(value)
  const [bytes, agent] = [
    numberOf(value, 'bytes_out', 'bytes', 'size', 'responseSize', 'txBytes', 'bytes_written'),
    headerOf(headers, 'user-agent') ?? textOf(value, 'user_agent', 'userAgent', 'clientUa'),
  ]
  return {
    kind: 'access',
    format: 'framework',
    resolutionMs: 1,
    status,
    path: pathOfUrl(path),
    method,
    ...(took !== undefined && { durationMs: took }),
    ...(client !== undefined && { client: withoutPort(client) }),
    ...(port !== undefined && { clientPort: port }),
    ...(bytes !== undefined && { bytes }),
    ...(agent !== undefined && { userAgent: agent }),
    ...(wanted !== undefined && { upgrade: wanted.toLowerCase() === 'websocket' }),
  }
}

const STATUS = [
  'status',
  'statusCode',
  'status_code',
  'status-code',
  'StatusCode',
  'httpStatus',
  'http_status',
  'resp_status',
  'responseStatus',
  'code',
]
const PATH = [
  'url',
  'uri',
  'path',
  'request_uri',
  'requestURI',
  'RequestPath',
  'Path',
  'requestPath',
  'http.target',
  'url.path',
]
const METHOD = [
  'method',
  'request_method',
  'requestMethod',
  'RequestMethod',
  'Method',
  'http_method',
  'http.method',
  'http.request.method',
]
const CLIENT = [
  'remote_ip',
  'remote_addr',
  'remoteAddress',
  'remote-address',
  'remoteIP',
  'clientIp',
  'client_ip',
  'clientIP',
  'srcIp',
  'ip',
  'remote',
  'client',
]

const MILLISECONDS = [
  'responseTime',
  'response_time_ms',
  'response-time',
  'responseElapsed',
  'duration_ms',
  'durationMs',
  'latency_ms',
  'latencyMs',
  'elapsed_ms',
  'elapsedMs',
  'ElapsedMilliseconds',
  'Elapsed',
  'took_ms',
  'totalDuration',
]
/** Their unit is the logger's. */
const OF_SOME_UNIT = ['duration', 'latency', 'elapsed', 'took', 'response_time', 'time_taken', 'request_time']

/** How long it took in ms, where the name, the value or the logger's own habit tells its unit. */
function tookOf(value: Members): number | undefined {
  const human = textOf(value, 'latency_human', ...MILLISECONDS, ...OF_SOME_UNIT)
  const written = human === undefined ? undefined : duration(human, Number.NaN)
  if (written !== undefined && !Number.isNaN(written)) return written
  const milliseconds = numberOf(value, ...MILLISECONDS)
  if (milliseconds !== undefined) return milliseconds
  const number = numberOf(value, ...OF_SOME_UNIT)
  return number === undefined ? undefined : number * unitOf(value, number)
}

const MICROSECOND = 1 / 1000
const NANOSECOND = 1e-6

/**
 * zap writes a time.Duration as seconds beside an epoch in seconds; log/slog as nanoseconds, with its level in capitals; logrus
 * and echo as nanoseconds; zerolog as milliseconds, with a `message`. In a whole number of nanoseconds is more than any of them
 * has in another unit.
 */
function unitOf(value: Members, number: number): number {
  if (typeof value.ts === 'number') return 1000
  if (textOf(value, 'level') === textOf(value, 'level')?.toUpperCase() && value.msg !== undefined)
    return NANOSECOND
  if (value.message !== undefined) return 1
  if (Number.isInteger(number)) return number >= 1e9 ? NANOSECOND : number >= 1e7 ? MICROSECOND : 1
  return number < 1e5 ? 1000 : 1
}
