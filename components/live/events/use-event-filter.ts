'use client'
import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { type DiagnosticEvent, type EventKind, eventKinds } from '#lib/protocol/events.ts'
import type { FeedEntry } from '#lib/store/feed/feed-state.ts'
import { clientIdOf, serviceOf, traceOf } from './event-words.ts'

const parameters = {
  /** Kinds to show; empty shows all. */
  kinds: parseAsArrayOf(parseAsStringLiteral(eventKinds)).withDefault([]),
  /** A client id: one connection's story. */
  story: parseAsString,
  /** The name of somebody's own server. */
  service: parseAsString,
  events: parseAsString.withDefault(''),
  /** Only the selected connection. */
  mine: parseAsBoolean.withDefault(false),
}

export interface EventFilterState {
  kinds: readonly EventKind[]
  story: string | null
  service: string | null
  events: string
  mine: boolean
}

/** The filter of "Server events" lives in the address, so that a link shows the same lines. */
export function useEventFilter() {
  return useQueryStates(parameters, { history: 'replace', shallow: true })
}

export function isFiltering(filter: EventFilterState): boolean {
  const { kinds, story, service, events, mine } = filter
  return kinds.length > 0 || story !== null || service !== null || events !== '' || mine
}

/**
 * The filter as a test over entries. Gaps always show: what is missing there may have matched.
 *
 * @param trace of the selected connection's current attempt, for `mine`
 */
export function eventMatcher(filter: EventFilterState, trace: string | null): (entry: FeedEntry) => boolean {
  const { kinds, story, service, mine } = filter
  const needle = filter.events.trim().toLowerCase()
  return (entry) => {
    if (entry.type === 'gap') return true
    const { event } = entry
    if (kinds.length > 0 && !kinds.includes(event.kind)) return false
    if (story !== null && clientIdOf(event) !== story) return false
    if (service !== null && serviceOf(event) !== service) return false
    if (mine && (trace === null || traceOf(event) !== trace)) return false
    return needle === '' || searchText(event).includes(needle)
  }
}

function searchText(event: DiagnosticEvent): string {
  return Object.values(event).join(' ').toLowerCase()
}
