import type { Tone } from '#components/ui/badge.tsx'
import { formatMs, formatSeconds, plural } from '#components/ui/format.ts'
import { isOrderlyEnd } from '#lib/protocol/close-codes.ts'
import { type DiagnosticEvent, type EventKind, type EventOf, isOfConnection } from '#lib/protocol/events.ts'
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
  server: 'plain',
} satisfies Record<EventKind, Tone | 'plain'>

/** What tells a line from its neighbours comes first: on a narrow panel the end of the line is cut. */
type Words = { [K in EventKind]: (event: EventOf<K>) => string }

const words: Words = {
  attempt: (event) => `${event.endpoint} Origin ${event.origin ?? 'none'}`,
  rejected: (event) =>
    `${event.status ?? event.close_code ?? ''} ${event.cause} ${event.endpoint} ${event.reason}`.trimStart(),
  accepted: (event) =>
    `${event.endpoint} ping ${event.ping_interval_seconds} s / ${event.ping_timeout_seconds} s`,
  heartbeat: (event) => `${formatMs(event.rtt_ms)} ${event.endpoint}`,
  pong_timeout: (event) => `after ${formatMs(event.waited_ms)} ${event.endpoint}`,
  traffic: (event) => `${event.messages_in} in, ${event.messages_out} out ${event.endpoint}`,
  disconnected: (event) =>
    `${event.close_code} ${event.initiator} ${formatSeconds(event.duration_ms)} ${event.endpoint} ${event.reason}`.trimEnd(),
  error: (event) => `${event.code} ${event.message}`,
  recorded: (event) => `${event.phase} ${event.url} on ${event.origin}`,
  server: (event) => event.state,
}

/** One event in one line, without its time and kind. */
export function eventWords(event: DiagnosticEvent): string {
  return foreign((words[event.kind] as (event: DiagnosticEvent) => string)(event))
}

/** How a closing looks is a matter of its code: 1000 and 1001 are the expected ends. */
export function eventTone(event: DiagnosticEvent): Tone | 'plain' {
  if (event.kind === 'disconnected' && isOrderlyEnd(event.close_code)) return 'plain'
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

/** The mark by which the page's view of a connection and the server's are joined. */
export function traceOf(event: DiagnosticEvent): string | null {
  return isOfConnection(event) ? (event.trace ?? null) : null
}
