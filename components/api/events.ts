'use client'
/** The server's events, as the Events page asks for them. Everything rejects with a `ProblemError`. */
import { type EndsAnswer, endsAnswer, type Outline, outlineAnswer, queryOfFilter } from '#lib/api/events.ts'
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import { type EventsPage, eventsPage } from '#lib/protocol/events.ts'
import { getJson } from './request.ts'

/** What is asked for, and when the journal took it; epoch milliseconds. */
export interface EventRange {
  readonly filter: EventFilter
  readonly sinceMs: number | null
  readonly untilMs: number | null
}

export interface PageRange {
  readonly after?: string
  readonly before?: string
  readonly limit: number
  readonly fromNewest?: boolean
}

export function fetchEventsPage(
  range: EventRange,
  { after, before, limit, fromNewest = false }: PageRange,
  signal?: AbortSignal,
): Promise<EventsPage> {
  const query = queryOf(range)
  query.set('limit', String(limit))
  if (after !== undefined) query.set('after', after)
  if (before !== undefined) query.set('before', before)
  if (fromNewest) query.set('from', 'newest')
  return getJson(`/api/events?${query}`, eventsPage, signal)
}

export const fetchEnds = (range: EventRange, signal?: AbortSignal): Promise<EndsAnswer> =>
  getJson(`/api/events/ends?${queryOf(range)}`, endsAnswer, signal)

export const fetchOutline = (range: EventRange, signal?: AbortSignal): Promise<Outline> =>
  getJson(`/api/events/outline?${queryOf(range)}`, outlineAnswer, signal)

/** The address of the stream of what matches from now on, or from behind a cursor. */
export function streamUrl(filter: EventFilter, after: string | null): string {
  const query = queryOfFilter(filter)
  query.set('batch', '100')
  if (after !== null) query.set('after', after)
  return `/api/events/stream?${query}`
}

function queryOf({ filter, sinceMs, untilMs }: EventRange): URLSearchParams {
  const query = queryOfFilter(filter)
  if (sinceMs !== null) query.set('since', String(Math.max(0, Math.round(sinceMs))))
  if (untilMs !== null) query.set('until', String(Math.round(untilMs)))
  return query
}
