/**
 * Connections of the Live page as a HAR file (HTTP Archive 1.2), with `_webSocketMessages` as Chrome writes them; a Close
 * frame is one of them, with its code and reason. Secrets are masked. What this page cannot see, such as the headers of the
 * handshake, is not in it.
 */
import { createMasker } from '#lib/evidence/mask.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import { type ConnectionState, openedAt } from '#lib/store/connection/connection-state.ts'
import type { LogEntry, MessageEntry } from '#lib/store/connection/message-log.ts'

type Row = Pick<Connection, 'target' | 'state' | 'losses' | 'log'>

/** @param version of this program. @returns JSON */
export function harOf(connections: readonly Row[], version: string): string {
  const entries = connections
    .flatMap((row) => attemptsOf(row).map((state) => entryOf(row, state)))
    .sort((a, b) => (a.startedDateTime < b.startedDateTime ? -1 : 1))
  const log = { version: '1.2', creator: { name: 'Why1006', version }, pages: [], entries }
  return JSON.stringify(createMasker().json({ log }), null, 1)
}

/** The losses that are kept, and what the row is in now. */
function attemptsOf({ state, losses }: Row): ConnectionState[] {
  const lost = losses.kept.map((loss) => loss.state)
  return lost.some((one) => one === state) ? lost : [...lost, state]
}

function entryOf({ target, log }: Row, state: ConnectionState) {
  const span = spanOf(state, log)
  const messages = [...log].filter(
    (entry): entry is MessageEntry =>
      entry.type === 'message' && entry.at >= span.openedAt && entry.at <= span.endedAt,
  )
  const isOpened = openedAt(state) !== null
  const error = errorOf(state)
  return {
    startedDateTime: new Date(span.startedAt).toISOString(),
    time: span.endedAt - span.startedAt,
    request: {
      method: 'GET',
      url: target.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [
        { name: 'Upgrade', value: 'websocket' },
        ...(target.subprotocols.length === 0
          ? []
          : [{ name: 'Sec-WebSocket-Protocol', value: target.subprotocols.join(', ') }]),
      ],
      queryString: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: isOpened ? 101 : 0,
      statusText: isOpened ? 'Switching Protocols' : '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: span.subprotocol === '' ? [] : [{ name: 'Sec-WebSocket-Protocol', value: span.subprotocol }],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ...(error !== undefined && { _error: error }),
    },
    cache: {},
    timings: { send: 0, wait: span.openedAt - span.startedAt, receive: span.endedAt - span.openedAt },
    _resourceType: 'websocket',
    _webSocketMessages: [...messages.map(messageOf), ...closingOf(state)],
  }
}

interface Span {
  readonly startedAt: number
  readonly openedAt: number
  readonly endedAt: number
  readonly subprotocol: string
}

/** Of what is open still, up to its last message. */
function spanOf(state: ConnectionState, log: Iterable<LogEntry>): Span {
  const opened = 'opened' in state ? state.opened : 'openedAt' in state ? state : null
  const lastAt = [...log].at(-1)?.at ?? 0
  if (opened !== null) {
    const endedAt = state.phase === 'closed' ? state.at : Math.max(opened.openedAt, lastAt)
    const startedAt = opened.openedAt - opened.timeToOpenMs
    return { startedAt, openedAt: opened.openedAt, endedAt, subprotocol: opened.subprotocol }
  }
  const endedAt = 'at' in state ? state.at : 'since' in state ? state.since : lastAt
  const startedAt = state.phase === 'never-opened' ? state.at - state.afterMs : endedAt
  return { startedAt, openedAt: endedAt, endedAt, subprotocol: '' }
}

function errorOf(state: ConnectionState): string | undefined {
  switch (state.phase) {
    case 'never-opened':
      return state.says ?? 'WebSocket connection failed'
    case 'refused':
      return `${state.name}: ${state.message}`
    case 'blocked':
      return `Blocked by the Content Security Policy${state.directive === null ? '' : ` (${state.directive})`}`
    case 'closed':
      if (state.how === 'close-frame') return undefined
      return state.says ?? `Closed without a valid Close frame (${state.code})`
    default:
      return undefined
  }
}

const inSeconds = (atMs: number): number => atMs / 1000

function messageOf({ at, direction, payload, truncated }: MessageEntry) {
  const isText = payload.opcode === 'text'
  return {
    type: direction === 'out' ? 'send' : 'receive',
    time: inSeconds(at),
    opcode: isText ? 1 : 2,
    data: isText ? payload.text : base64(payload.bytes),
    ...(truncated && { comment: 'cut: only its beginning was kept' }),
  }
}

function closingOf(state: ConnectionState) {
  if (state.phase !== 'closed' || state.how !== 'close-frame') return []
  const { at, by, code, reason } = state
  return [
    { type: by === 'client' ? 'send' : 'receive', time: inSeconds(at), opcode: 8, data: '', code, reason },
  ]
}

/** In slices, since an engine takes so many arguments and no more. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}
