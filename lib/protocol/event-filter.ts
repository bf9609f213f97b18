/** Which of the server's events a reader wants. The server filters its streams with it, the page its view. */
import { causeOf, codeOf, silenceOf } from '#lib/protocol/ends.ts'
import type { DiagnosticEvent, EventKind } from '#lib/protocol/events.ts'

/** From the first, before the second: whole milliseconds. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** All that is given must match; an absent part matches everything. */
export interface EventFilter {
  readonly kinds?: readonly EventKind[] | undefined
  readonly clientId?: string | undefined
  readonly trace?: string | undefined
  /** The endpoint, whole. */
  readonly path?: string | undefined
  /** Any endpoint but this one. */
  readonly exceptPath?: string | undefined
  /** A close code, or the HTTP status of a refusal. */
  readonly code?: number | undefined
  /** Of a refusal its cause, of an end its initiator, of an error its code. */
  readonly cause?: string | undefined
  readonly instance?: string | undefined
  /** Stands in one of the values, whatever the case of its letters. */
  readonly text?: string | undefined
  /** The silence before an end. */
  readonly silence?: Span | undefined
  /** How old a connection was at its end. */
  readonly age?: Span | undefined
}

export type EventMatcher = (event: DiagnosticEvent) => boolean

/** Prepares the filter once for many events. */
export function createEventMatcher(filter: EventFilter): EventMatcher {
  const { kinds, clientId, trace, path, exceptPath, code, cause, instance, text, silence, age } = filter
  const wanted = kinds === undefined ? null : new Set<string>(kinds)
  const needle = text?.toLowerCase()
  return (event) =>
    (wanted === null || wanted.has(event.kind)) &&
    (clientId === undefined || event.client_id === clientId) &&
    (trace === undefined || event.trace === trace) &&
    (path === undefined || event.endpoint === path) &&
    (exceptPath === undefined || event.endpoint !== exceptPath) &&
    (instance === undefined || event.instance === instance) &&
    (code === undefined || codeOf(event) === code) &&
    (cause === undefined || causeOf(event) === cause) &&
    (silence === undefined || isWithin(silenceOf(event), silence)) &&
    (age === undefined || isWithin(event.duration_ms, age)) &&
    (needle === undefined || holds(event, needle))
}

function isWithin(value: unknown, { fromMs, toMs }: Span): boolean {
  if (typeof value !== 'number') return false
  const ms = Math.round(value)
  return ms >= fromMs && ms < toMs
}

function holds(event: DiagnosticEvent, needle: string): boolean {
  return Object.values(event).some((value) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return text?.toLowerCase().includes(needle)
  })
}

/** The same text for filters that let the same events through, so that their readers can share the work. */
export function eventFilterKey({ kinds, ...filter }: EventFilter): string {
  const others = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([kinds === undefined ? null : [...new Set(kinds)].sort(), others])
}
