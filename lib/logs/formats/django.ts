/**
 * What Django prints: daphne's access lines and the development server's, with and without Channels. "REJECT" is a
 * consumer or a middleware that refused; "Not Found" is Django answering a WebSocket's path as plain HTTP.
 */
import { requestLine } from '#lib/logs/access-fields.ts'
import type { LogRecord } from '#lib/logs/record.ts'
import { commonLogStamp } from '#lib/logs/stamp.ts'

type Verb = 'HANDSHAKING' | 'CONNECTING' | 'CONNECT' | 'REJECT' | 'DISCONNECT'

/** `WebSocket REJECT /ws/echo/ [172.20.0.1:51624]`, of `runserver` with Channels. */
const RUNSERVER =
  /^WebSocket (HANDSHAKING|CONNECT|REJECT|DISCONNECT) (\S{1,8192}) \[([\d.:a-fA-F]{2,45}):(\d{1,5})\]$/
/** `127.0.0.1:57338 - - [17/Oct/2017:12:18:04] "WSREJECT /ws/echo/" - -`, of daphne. */
const DAPHNE =
  /^([\d.:a-fA-F]{2,45}):(\d{1,5}) - - \[([^\]]{10,40})\] "WS(CONNECTING|CONNECT|REJECT|DISCONNECT) (\S{1,8192})" - -$/
/** `[19/Nov/2022 13:01:19] "GET /ws/chat/lobby/ HTTP/1.1" 404 2221`, of `runserver` without Channels. */
const PLAIN = /^\[(\d{1,2}\/[A-Z][a-z]{2}\/\d{4}) (\d\d:\d\d:\d\d)\] "([^"]{1,8192})" (\d{3}) (\d{1,18}|-)$/

export function parseDjango(line: string): LogRecord | undefined {
  if (line.startsWith('WebSocket ')) {
    const [, verb, path = '', client = '', port = ''] = RUNSERVER.exec(line) ?? []
    return verb === undefined ? undefined : eventOf(verb as Verb, path, client, port)
  }
  const daphne = DAPHNE.exec(line)
  if (daphne) {
    const [, client = '', port = '', stamp = '', verb, path = ''] = daphne
    return { ...eventOf(verb as Verb, path, client, port), ...commonLogStamp(stamp) }
  }
  const plain = PLAIN.exec(line)
  if (!plain) return undefined
  const [, day = '', time = '', request = '', status = '', bytes = ''] = plain
  return {
    kind: 'access',
    format: 'django',
    resolutionMs: 1000,
    ...commonLogStamp(`${day}:${time}`),
    ...requestLine(request),
    status: Number(status),
    ...(bytes !== '-' && { bytes: Number(bytes) }),
  }
}

const EVENTS = {
  HANDSHAKING: 'attempt',
  CONNECTING: 'attempt',
  CONNECT: 'accepted',
  REJECT: 'rejected',
  DISCONNECT: 'disconnected',
} as const

/** The same client and port are one connection. DISCONNECT follows a REJECT too, and says nothing of how it ended. */
function eventOf(verb: Verb, path: string, client: string, port: string): LogRecord {
  const event = EVENTS[verb]
  return {
    kind: 'app',
    format: 'django',
    resolutionMs: 1000,
    event,
    clientId: `${client}:${port}`,
    client,
    path,
    ...(event === 'rejected' && { status: 403 }),
  }
}
