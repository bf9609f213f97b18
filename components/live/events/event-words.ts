import type { Tone } from '#components/ui/badge.tsx'
import { formatMs, formatSeconds, plural } from '#components/ui/format.ts'
import { isOrderlyEnd } from '#lib/protocol/close-codes.ts'
import {
  type DiagnosticEvent,
  type EventKind,
  type EventOf,
  isOfConnection,
  type WatchState,
} from '#lib/protocol/events.ts'
import { foreign, visible } from '#lib/text/foreign.ts'

/** The colour of each kind: what died, what waits, what lives; the rest is plain. */
const kindTones = {
  attempt: 'plain',
  rejected: 'dead',
  accepted: 'plain',
  heartbeat: 'alive',
  pong_timeout: 'waiting',
  traffic: 'plain',
  disconnected: 'dead',
  error: 'dead',
  recorded: 'plain',
  watch: 'plain',
  server: 'plain',
} satisfies Record<EventKind, Tone | 'plain'>

const watchTones = {
  started: 'plain',
  up: 'alive',
  lost: 'dead',
  refused: 'dead',
  stopped: 'plain',
} satisfies Record<WatchState, Tone | 'plain'>

/** What tells a line from its neighbours comes first: a narrow panel shows as many of the others as it has room for. */
type Words = { [K in EventKind]: (event: EventOf<K>) => readonly (string | number | undefined)[] }

const words: Words = {
  attempt: ({ endpoint, origin }) => [endpoint, `Origin ${origin ?? 'none'}`],
  rejected: ({ status, close_code, cause, endpoint, reason }) => [
    [status ?? close_code, cause].filter(Boolean).join(' '),
    endpoint,
    reason,
  ],
  accepted: ({ ping_interval_seconds, ping_timeout_seconds, endpoint }) => [
    ping_interval_seconds && `ping ${ping_interval_seconds} s / ${ping_timeout_seconds} s`,
    endpoint,
  ],
  heartbeat: ({ rtt_ms, endpoint }) => [formatMs(rtt_ms), endpoint],
  pong_timeout: ({ waited_ms, endpoint }) => [`after ${formatMs(waited_ms)}`, endpoint],
  traffic: ({ messages_in, messages_out, endpoint }) => [`${messages_in} in, ${messages_out} out`, endpoint],
  disconnected: ({ close_code, initiator, duration_ms, endpoint, reason }) => [
    [close_code, initiator].filter((part) => part !== undefined).join(' '),
    formatSeconds(duration_ms),
    endpoint,
    reason,
  ],
  error: ({ code, message }) => [`${code} ${message}`],
  recorded: ({ phase, url, origin }) => [`${phase} ${url}`, `on ${origin}`],
  watch: ({ state, url, says, cause }) => [`${state} ${url}`, says, cause],
  server: ({ state }) => [state],
}

/**
 * One event in one line, without its time and kind, in parts of which the first matters most.
 * @param areSeveral servers that write them: which did is told too
 */
export function eventWords(event: DiagnosticEvent, areSeveral = false): readonly string[] {
  const [first, ...others] = (words[event.kind] as (event: DiagnosticEvent) => ReturnType<Words[EventKind]>)(
    event,
  )
  // Of somebody's own server, beside those of ours.
  const parts = [
    first,
    serviceOf(event) ?? undefined,
    areSeveral ? `on ${event.instance}` : undefined,
    ...others,
  ]
  return parts.filter((part) => part !== undefined && part !== '').map((part) => foreign(String(part)))
}

/** How a closing looks is a matter of its code: 1000 and 1001 are the expected ends. */
export function eventTone(event: DiagnosticEvent): Tone | 'plain' {
  if (event.kind === 'disconnected') {
    const { close_code } = event
    if (event.process !== undefined) return kindTones.disconnected
    // Who read no frames does not know whether it ended in order.
    return close_code === undefined || isOrderlyEnd(close_code) ? 'plain' : kindTones.disconnected
  }
  if (event.kind === 'watch') return watchTones[event.state]
  return kindTones[event.kind]
}

/** The fields of an event in its own order, for the opened row: times and cursors are for machines. */
export function eventFields(event: DiagnosticEvent): [name: string, value: string][] {
  return Object.entries(event)
    .filter(([name, value]) => name !== 'kind' && value !== undefined)
    .map(([name, value]) => [name, visible(typeof value === 'string' ? value : JSON.stringify(value))])
}

/** What "12 events are missing" may say: the number is unknown, so only that there are some. */
export function gapWords(cause: 'slow-reader' | 'other-instance'): string {
  return cause === 'slow-reader' ? 'events are missing here' : 'server restarted; older events may be missing'
}

export function droppedWords(dropped: number): string {
  return `${plural(dropped, 'older event')} left the page to make room.`
}

/** The connection an event belongs to; null for those of the server itself and of recorded pages. */
export function clientIdOf(event: DiagnosticEvent): string | null {
  return isOfConnection(event) ? (event.client_id ?? null) : null
}

/** The name of somebody's own server that told of it; null where ours did. */
export function serviceOf({ service }: DiagnosticEvent): string | null {
  return typeof service === 'string' ? service : null
}

/** The mark by which the page's view of a connection and the server's are joined. */
export function traceOf(event: DiagnosticEvent): string | null {
  return isOfConnection(event) ? (event.trace ?? null) : null
}
