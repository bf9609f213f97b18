/**
 * Caddy's JSON lines: access log, errors of its reverse proxy, and the notices of its life cycle.
 *
 * Caddy 2.6 writes status 0 for an upgraded connection, measured on 2.6.2.
 */
import type { AccessRecord, NoticeRecord, Sign } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

type Fields = Record<string, unknown>

export function readCaddy(value: Fields): AccessRecord | NoticeRecord | undefined {
  const { logger, msg, level, request } = value
  if (typeof msg !== 'string' || typeof level !== 'string' || value.ts === undefined) return undefined
  if (isFields(request)) return readRequest(value, request, level, msg)
  if (logger !== undefined && typeof logger !== 'string') return undefined
  return {
    kind: 'notice',
    format: 'caddy',
    resolutionMs: 1,
    ...jsonStamp(value.ts),
    sign: signOfNotice(msg),
    level,
    text: msg.slice(0, 500),
  }
}

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
  if (/^(shutting down|exiting|shutdown complete)/.test(msg)) return 'stop'
  if (/reload|config is unchanged|load complete/.test(msg)) return 'reload'
  return 'other'
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
