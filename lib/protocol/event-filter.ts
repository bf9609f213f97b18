/** Which of the server's events a reader wants. The server filters its streams with it, the page its view. */
import type { DiagnosticEvent, EventKind } from '#lib/protocol/events.ts'

/** All that is given must match; an absent part matches everything. */
export interface EventFilter {
  readonly kinds?: readonly EventKind[] | undefined
  readonly clientId?: string | undefined
  readonly trace?: string | undefined
}

export type EventMatcher = (event: DiagnosticEvent) => boolean

/** Prepares the filter once for many events. */
export function createEventMatcher({ kinds, clientId, trace }: EventFilter): EventMatcher {
  const wanted = kinds === undefined ? null : new Set<string>(kinds)
  return (event) =>
    (wanted === null || wanted.has(event.kind)) &&
    (clientId === undefined || event.client_id === clientId) &&
    (trace === undefined || event.trace === trace)
}

/** The same text for filters that let the same events through, so that their readers can share the work. */
export function eventFilterKey({ kinds, clientId, trace }: EventFilter): string {
  return JSON.stringify([
    kinds === undefined ? null : [...new Set(kinds)].sort(),
    clientId ?? null,
    trace ?? null,
  ])
}
