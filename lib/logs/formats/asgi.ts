/**
 * Lines of uvicorn and of gunicorn with uvicorn's workers about sockets and requests, behind uvicorn's own head, gunicorn's,
 * or that of a logger of one's own (uvicorn, protocols/websockets/*_impl.py and logging.py).
 *
 * A connection is named when it comes, by address and port; behind a trusted proxy the port is 0. That one ended is said
 * without a name, and only by the implementation on top of the library websockets.
 */
import { requestLine } from '#lib/logs/access-fields.ts'
import type { AppEvent, LogRecord } from '#lib/logs/record.ts'
import { isoStamp, type Stamp } from '#lib/logs/stamp.ts'

/** `('203.0.113.7', 53422) - "`, `203.0.113.7:53422 - "`, and `None - "` where a socket of the system has no address. */
const head =
  /(?:\('([\d.:a-fA-F]{0,45})', (\d{1,5})\)|\[?(\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F]{0,4}:[\d.:a-fA-F]{1,45}?)\]?:(\d{1,5})|None) - "([^"]{1,8192})" (\[accepted\]|\d{3}\b.{0,40})$/
const socket = /^WebSocket (\S+)$/
/** `INFO:     `, `[2026-11-20 09:00:00 +0000] [12] [INFO] `, `2026-11-20 09:00:00,120 - uvicorn.access - INFO - `. */
const before =
  /^(?:INFO: {1,5}|\[(?<gunicorn>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})\] \[\d{1,10}\] \[INFO\] |(?<own>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S{0,12}) [^"(]{0,80}?|(?:INFO|info)[:\s|-][^"(]{0,80}?)?$/
const lifecycle =
  /(connection open|connection closed|connection (?:rejected|failed) \(\d{3}[^)]{0,60}\)|Shutting down|Started (?:parent|reloader|server) process \[\d+\].{0,40}|Finished server process \[\d+\]|Waiting for application (?:startup|shutdown)\.|Application (?:startup|shutdown) complete\.|Uvicorn running on .{1,200})$/

const MARKS =
  / - "|connection (?:open|closed|rejected|failed)|Shutting down|server process|pplication s|Uvicorn/
const LONGEST_HEAD = 200

export function parseAsgi(line: string): LogRecord | undefined {
  if (line.length > 10_000 || !MARKS.test(line)) return undefined
  const match = head.exec(line)
  if (match === null) return parseLifecycle(line)
  const stamp = stampBefore(line, match.index)
  if (stamp === undefined) return undefined
  const client = match[1] || match[3]
  const port = Number(match[2] ?? match[4] ?? 0)
  const [request = '', outcome = ''] = [match[5], match[6]]
  const path = socket.exec(request)?.[1]
  const status = /^(\d{3})/.exec(outcome)?.[1]
  if (path !== undefined) {
    return {
      kind: 'app',
      format: 'asgi',
      resolutionMs: 1,
      ...stamp,
      event: status === undefined ? 'accepted' : 'rejected',
      path,
      ...(client !== undefined && { client }),
      ...(client !== undefined && port > 0 && { clientId: `${client}:${port}` }),
      ...(status !== undefined && { status: Number(status) }),
    }
  }
  const asked = requestLine(request)
  if (status === undefined || asked === undefined) return undefined
  return {
    kind: 'access',
    format: 'asgi',
    resolutionMs: 1,
    ...stamp,
    ...(client !== undefined && { client }),
    ...(port > 0 && { clientPort: port }),
    status: Number(status),
    ...asked,
  }
}

/** The time in what stands before; empty where it has none, undefined where other text does. */
function stampBefore(line: string, end: number): Partial<Stamp> | undefined {
  const text = line.slice(0, end)
  const groups = text.length > LONGEST_HEAD ? undefined : (before.exec(text)?.groups ?? undefined)
  if (groups === undefined) return text === '' ? {} : undefined
  const written = groups.gunicorn ?? groups.own
  const read = written === undefined ? undefined : isoStamp(written.replace(/ (?=[+-]\d{4}$)/, ''))
  if (read === undefined) return {}
  const { length: _read, ...stamp } = read
  return stamp
}

const EVENTS: readonly (readonly [start: string, event: AppEvent])[] = [
  ['connection closed', 'disconnected'],
  ['Shutting down', 'server'],
]

function parseLifecycle(line: string): LogRecord | undefined {
  const match = lifecycle.exec(line)
  const text = match?.[1]
  const stamp = match === null ? undefined : stampBefore(line, match.index)
  // Without a head these words are anybody's.
  if (match === null || text === undefined || stamp === undefined || match.index === 0) return undefined
  const event = EVENTS.find(([start]) => text.startsWith(start))?.[1] ?? 'detail'
  return {
    kind: 'app',
    format: 'asgi',
    resolutionMs: 1,
    ...stamp,
    event,
    ...(event === 'server' && { state: 'draining' }),
    ...(text === 'connection open' && { state: 'open' }),
  }
}
