/** uvicorn's (and so gunicorn's) lines about sockets and requests. They say who came and who was turned away, not how it ended. */
import { requestLine } from '#lib/logs/access-fields.ts'
import type { LogRecord } from '#lib/logs/record.ts'

const head =
  /^INFO: {1,5}(?:\('([\d.:a-fA-F]{2,45})', (\d{1,5})\)|([\d.:a-fA-F]{2,45}):(\d{1,5})) - "([^"]{1,8192})" (.{3,60})$/
const socket = /^WebSocket (\S+)$/
const lifecycle =
  /^INFO: {1,5}(connection open|connection closed|connection rejected \(\d{3}[^)]*\)|Shutting down|Started server process \[\d+\]|Finished server process \[\d+\]|Waiting for application (startup|shutdown)\.|Application (startup|shutdown) complete\.|Uvicorn running on .{1,200})$/

export function parseAsgi(line: string): LogRecord | undefined {
  if (!line.startsWith('INFO:')) return undefined
  const match = head.exec(line)
  if (match === null) return parseLifecycle(line)
  const client = match[1] ?? match[3] ?? ''
  const [request = '', outcome = ''] = [match[5], match[6]]
  const path = socket.exec(request)?.[1]
  if (path !== undefined) {
    const status = /^(\d{3})/.exec(outcome)?.[1]
    return {
      kind: 'app',
      format: 'asgi',
      resolutionMs: 1,
      event: outcome === '[accepted]' ? 'accepted' : 'rejected',
      client,
      path,
      ...(status !== undefined && { status: Number(status) }),
    }
  }
  const status = /^(\d{3})\b/.exec(outcome)?.[1]
  if (status === undefined) return undefined
  const clientPort = Number(match[2] ?? match[4])
  return {
    kind: 'access',
    format: 'asgi',
    resolutionMs: 1,
    client,
    clientPort,
    status: Number(status),
    ...requestLine(request),
  }
}

function parseLifecycle(line: string): LogRecord | undefined {
  const text = lifecycle.exec(line)?.[1]
  if (text === undefined) return undefined
  if (text === 'Shutting down')
    return { kind: 'app', format: 'asgi', resolutionMs: 1, event: 'server', state: 'draining' }
  return { kind: 'app', format: 'asgi', resolutionMs: 1, event: 'detail' }
}
