/** What the Live page recorded of one socket, as the browser's evidence. Times count from `new WebSocket`. */
import type { BrowserEvent, Evidence } from '#lib/evidence/schema.ts'
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'
import { readOwnMessage } from '#lib/protocol/own-message.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import type { ConnectionState } from '#lib/store/connection/connection-state.ts'
import type { LogEntry } from '#lib/store/connection/message-log.ts'

export type RecordedSocket = Pick<Connection, 'target' | 'state'> & {
  /** Messages and notes, in order; those of earlier attempts are left out. */
  log: Iterable<LogEntry>
  pageOrigin: string
  online: boolean
  /** When the watch ended, in epoch milliseconds. */
  nowMs: number
}

const MOST_MESSAGES = 1000
const CONNECTING = 0
const OPEN = 1
const CLOSING = 2
const CLOSED = 3

export function evidenceFromPage({
  target,
  state,
  log,
  pageOrigin,
  online,
  nowMs,
}: RecordedSocket): Evidence {
  const startedMs = startOf(state)
  const since = (at: number) => Math.max(0, Math.round((at - startedMs) * 10) / 10)
  return {
    target: { url: target.url, subprotocols: [...target.subprotocols], page_origin: pageOrigin },
    browser: {
      online,
      events: [
        ...openingOf(state),
        ...messagesOf(log, target.endpoint, spanOf(state), since),
        ...endOf(state, since, since(nowMs)),
      ],
    },
  }
}

type Since = (at: number) => number
type Opening = { openedAt: number; timeToOpenMs: number; subprotocol: string; extensions: string }

/** When `new WebSocket` was called for the attempt, in epoch milliseconds. */
export function startOf(state: ConnectionState): number {
  const opened = openedOf(state)
  if (opened !== undefined) return opened.openedAt - opened.timeToOpenMs
  if (state.phase === 'connecting' || state.phase === 'closing') return state.since
  if (state.phase === 'never-opened') return state.at - state.afterMs
  return 'at' in state ? state.at : 0
}

/** From the beginning of the attempt to its end, in epoch milliseconds: what the log has beside it is of other attempts. */
export function spanOf(state: ConnectionState): Span {
  return { fromMs: startOf(state), toMs: state.phase === 'closed' ? state.at : Number.POSITIVE_INFINITY }
}

interface Span {
  readonly fromMs: number
  readonly toMs: number
}

function openedOf(state: ConnectionState): Opening | undefined {
  if (state.phase === 'open' || state.phase === 'suspect') return state
  if (state.phase === 'closed') return state.opened
  return state.phase === 'closing' ? (state.opened ?? undefined) : undefined
}

function openingOf(state: ConnectionState): BrowserEvent[] {
  const opened = openedOf(state)
  if (opened === undefined) return []
  const { timeToOpenMs, subprotocol, extensions } = opened
  return [{ ms: timeToOpenMs, type: 'open', protocol: subprotocol, extensions }]
}

/**
 * Only what came in: script sees those as events, and knows its own sends anyway. Of our own endpoints the page reads
 * the messages, and what it cannot read is the exception that any client's reader would throw.
 */
function messagesOf(
  log: Iterable<LogEntry>,
  endpoint: OwnEndpoint | null,
  { fromMs, toMs }: Span,
  since: Since,
): BrowserEvent[] {
  const messages: BrowserEvent[] = []
  for (const entry of log) {
    if (entry.type !== 'message' || entry.direction !== 'in') continue
    if (entry.at < fromMs || entry.at > toMs) continue
    const ms = since(entry.at)
    const rtt = entry.rttMs === null ? {} : { rtt_ms: Math.round(entry.rttMs * 10) / 10 }
    messages.push({ ms, type: 'message', length: entry.sizeBytes, ...rtt })
    if (endpoint === null || entry.truncated) continue
    const reading = readOwnMessage(endpoint, entry.payload)
    if (!reading.ok) messages.push({ ms, type: 'exception', name: reading.name, message: reading.says })
  }
  return lastOf(messages)
}

/** What the oldest leave behind: how many there were, and how long it was silent among them. */
function lastOf(messages: readonly BrowserEvent[]): BrowserEvent[] {
  const lost = messages.slice(0, -MOST_MESSAGES)
  const last = lost.at(-1)
  if (last === undefined) return [...messages]
  const gapMs = lost.reduce((most, { ms = 0 }, at) => Math.max(most, ms - (lost[at - 1]?.ms ?? ms)), 0)
  const leftOut = {
    messages: lost.filter(({ type }) => type === 'message').length,
    longest_gap_ms: gapMs,
    longest_silence_ms: gapMs,
  }
  return [{ ms: last.ms, type: 'left_out', ...leftOut }, ...messages.slice(-MOST_MESSAGES)]
}

function endOf(state: ConnectionState, since: Since, nowMs: number): BrowserEvent[] {
  switch (state.phase) {
    case 'connecting':
      return [stillOpen(nowMs, CONNECTING)]
    case 'open':
    case 'suspect':
      return [stillOpen(nowMs, OPEN)]
    case 'closing':
      return [called(since(state.since), state.code, state.reason), stillOpen(nowMs, CLOSING)]
    case 'closed': {
      const ms = since(state.at)
      const { code, reason, wasClean: was_clean } = state
      return [
        // Over a violation it is the browser that ends it: no script called close().
        ...(state.how === 'protocol-violation'
          ? [{ ms, type: 'error' }]
          : state.by === 'client'
            ? [called(ms, code, reason)]
            : []),
        { ms, type: 'close', code, reason, was_clean },
      ]
    }
    case 'never-opened': {
      const ms = since(state.at)
      const { code, reason } = state
      return [
        ...(state.abandoned ? [called(ms, code, reason)] : []),
        { ms, type: 'error' },
        { ms, type: 'close', code, reason, was_clean: false },
      ]
    }
    case 'refused':
      return [{ ms: 0, type: 'exception', name: state.name, message: state.message }]
    case 'blocked':
      return [
        ...(state.directive === null
          ? []
          : [{ ms: 0, type: 'csp_violation', effective_directive: state.directive, disposition: 'enforce' }]),
        { ms: 0, type: 'error' },
        stillOpen(nowMs, CLOSED),
      ]
  }
}

function stillOpen(ms: number, ready_state: number): BrowserEvent {
  return { ms, type: 'still_open', ready_state }
}

function called(ms: number, code: number, reason: string): BrowserEvent {
  return { ms, type: 'close_called', code, reason }
}
