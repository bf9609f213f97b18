/**
 * Caddy's JSON lines: access log, errors of its reverse proxy, and the notices of its life cycle.
 *
 * Caddy 2.6 writes status 0 for an upgraded connection, measured on 2.6.2.
 */
import type { AccessRecord, LogRecord, NoticeRecord, Sign } from '#lib/logs/record.ts'
import { isoStamp, jsonStamp } from '#lib/logs/stamp.ts'

type Fields = Record<string, unknown>

export function readCaddy(value: Fields): AccessRecord | NoticeRecord | undefined {
  const { logger, msg, level, request } = value
  if (typeof msg !== 'string' || typeof level !== 'string' || value.ts === undefined) return undefined
  const ended = endOfUpgraded(value, logger, msg)
  if (ended !== undefined) return ended
  const asked = isFields(request) ? readRequest(value, request, level, msg) : undefined
  if (asked !== undefined || (isFields(request) && !isOfAnswer(msg))) return asked
  if (!isCaddys(logger, msg)) return undefined
  return {
    kind: 'notice',
    format: 'caddy',
    resolutionMs: 1,
    ...jsonStamp(value.ts),
    sign: signOfNotice(msg),
    level,
    text: (typeof value.error === 'string' && isOfAnswer(msg) ? `${msg}: ${value.error}` : msg).slice(0, 500),
    ...changeByAdmin(value, msg),
  }
}

/** What reverse_proxy says of an answer or a stream that broke: its reason is a member beside the message. */
const isOfAnswer = (msg: string): boolean =>
  /^(?:aborting with incomplete response|streaming error)$/.test(msg)

const CHANGING: ReadonlySet<unknown> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** A call of its admin API that changes the running configuration, or stops it (admin.go): every change is a reload. */
function changeByAdmin(value: Fields, msg: string): Pick<NoticeRecord, 'sign' | 'text'> | undefined {
  const { logger, method, uri } = value
  if (logger !== 'admin.api' || msg !== 'received request' || typeof uri !== 'string') return undefined
  if (!CHANGING.has(method)) return undefined
  const text = `admin API: ${method} ${uri.slice(0, 200)}`
  if (/^\/(?:load|config|id)\b/.test(uri)) return { sign: 'reload', text }
  return uri === '/stop' ? { sign: 'stop', text } : undefined
}

/**
 * The same as its console encoder writes it, parted by tabs: `2026/11/20 09:00:00.123`, `ERROR`, `http.log.error`, `dial tcp …`,
 * `{"request": …}`. The default logger has no name.
 */
const CONSOLE =
  /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{3})\t([A-Z]{4,6})\t(?:([\w.-]{1,80})\t)?([^\t]{1,2000})(?:\t(\{.{0,20000}\}))?$/

export function parseCaddyConsole(line: string): LogRecord | undefined {
  const match = CONSOLE.exec(line)
  if (match === null) return undefined
  const [, when = '', level = '', logger, msg = '', rest] = match
  const stamp = isoStamp(when)
  const members = rest === undefined ? {} : membersOf(rest)
  if (stamp === undefined || members === undefined) return undefined
  const ts = stamp.atMs / 1000
  const record = readCaddy({
    ...members,
    ts,
    level: level.toLowerCase(),
    msg,
    ...(logger !== undefined && { logger }),
  })
  return record && { ...record, atMs: stamp.atMs, resolutionMs: 1, zoneless: true }
}

function membersOf(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** What reverse_proxy writes at the level DEBUG when a connection that it upgraded is over: after how many seconds (streaming.go). */
function endOfUpgraded(value: Fields, logger: unknown, msg: string): AccessRecord | undefined {
  const seconds = finite(value.duration)
  if (msg !== 'connection closed' || !/reverse_proxy/.test(String(logger)) || seconds === undefined)
    return undefined
  const request = isFields(value.request) ? value.request : {}
  return {
    kind: 'access',
    format: 'caddy',
    resolutionMs: 1,
    ...jsonStamp(value.ts),
    status: 101,
    upgrade: true,
    durationMs: seconds * 1000,
    ...(typeof request.uri === 'string' && { path: request.uri }),
    ...(typeof request.remote_ip === 'string' && { client: request.remote_ip }),
  }
}

/** Its modules, by the names of their loggers. Programs of others write zap's lines as well, with loggers of their own. */
const LOGGERS = /^(?:admin|http|tls|pki|events|caddy|layer4|watcher|storage|dns|frankenphp|docker-proxy)\b/
/** What it says without one. */
const MESSAGES =
  /^(?:using (?:provided|adjacent|config)|serving initial|autosaved config|shutting down apps|exiting; byeee|shutdown complete|adapted config|Caddyfile input|config is unchanged|load complete|stopped previous|maxprocs|GOMEMLIMIT|GOMAXPROCS|failed to sufficiently|server running|enabling|unable to|admin endpoint)/

const isCaddys = (logger: unknown, msg: string): boolean =>
  typeof logger === 'string' ? LOGGERS.test(logger) : logger === undefined && MESSAGES.test(msg)

function readRequest(value: Fields, request: Fields, level: string, msg: string): AccessRecord | undefined {
  const headers = isFields(request.headers) ? request.headers : undefined
  const upgrade = headers === undefined ? undefined : wantsUpgrade(headers)
  const status = finite(value.status)
  if (status === undefined) return undefined
  const [seconds, bytes] = [finite(value.duration), finite(value.size)]
  const port = Number(request.remote_port)
  const text = (key: string): string | undefined => {
    const field = request[key]
    return typeof field === 'string' ? field : undefined
  }
  const client = text('remote_ip') ?? text('remote_addr')
  const [method, path] = [text('method'), text('uri')]
  const agent = headers?.['User-Agent']
  return {
    kind: 'access',
    format: 'caddy',
    resolutionMs: 1,
    ...jsonStamp(value.ts),
    status: status === 0 && upgrade === true ? 101 : status,
    ...(seconds !== undefined && { durationMs: seconds * 1000 }),
    ...(bytes !== undefined && { bytes }),
    ...(client !== undefined && { client }),
    ...(Number.isInteger(port) && port > 0 && { clientPort: port }),
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(upgrade !== undefined && { upgrade }),
    ...(Array.isArray(agent) && typeof agent[0] === 'string' && { userAgent: agent[0] }),
    ...(level === 'error' && msg !== 'handled request' && { error: msg.slice(0, 500) }),
  }
}

/** JSON has numbers such as 1e999, which are none here. */
function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined
}

function wantsUpgrade(headers: Fields): boolean {
  const values = headers.Upgrade ?? headers.upgrade
  return Array.isArray(values) && String(values[0]).toLowerCase() === 'websocket'
}

function signOfNotice(msg: string): Sign {
  if (/^http: TLS handshake error from .{1,80}: (?:tls: first record does not|client sent an HTTP)/.test(msg))
    return 'plain-http-to-tls-port'
  if (/^(shutting down|exiting|shutdown complete)/.test(msg)) return 'stop'
  // The servers of the configuration before end when the next one has started.
  if (/reload|config is unchanged|load complete|^servers shutting down/.test(msg)) return 'reload'
  return 'other'
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
