/** What `/ws/diagnostics`, `/api/events` and `/api/events/stream` ask of the journal, read from their queries. */
import * as z from 'zod/mini'
import { eventsQuery, filterOfQuery, rangeQuery, streamQuery } from '#lib/api/events.ts'
import { refusal, textThat } from '#lib/api/query.ts'
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import { isCursor, notCursor } from '#server/journal/cursor.ts'
import type { JournalQuery, JournalRange } from '#server/journal/journal.ts'
import { type Parsed, readQuery } from '#server/wire/query.ts'

/** What a live reader asked for. */
export interface StreamQuery {
  readonly filter: EventFilter
  /** Replay what came after this cursor first; absent: begin with what comes next. */
  readonly after: string | undefined
  /** Without `after`: begin with this many of the events that there are already. */
  readonly last: number
  /** Milliseconds for which events are gathered into one write; 0 is one turn of the event loop. */
  readonly batchMs: number
}

const cursor = z.optional(textThat(isCursor, refusal(notCursor, { code: 'malformed-cursor' })))
const ofPage = z.extend(eventsQuery, { after: cursor, before: cursor })
const ofStream = z.extend(streamQuery, { after: cursor })

/** Names of the parameters that a stream understands. */
export const streamParameters = Object.keys(ofStream.shape)

/** Reads the query of a stream. */
export function parseStreamQuery(query: URLSearchParams): Parsed<StreamQuery> {
  const read = readQuery(ofStream, query)
  if (!read.ok) return read
  const { after, last, batch } = read.value
  return { ok: true, value: { filter: filterOfQuery(read.value), after, last, batchMs: batch } }
}

/** Reads the query of one page. */
export function parsePageQuery(query: URLSearchParams): Parsed<JournalQuery> {
  const read = readQuery(ofPage, query)
  if (!read.ok) return read
  const { after, before, limit, from } = read.value
  const fromEnd = from === 'newest'
  return { ok: true, value: { ...rangeOf(read.value), after, before, limit, fromEnd } }
}

/** Reads the query of what counts events. */
export function parseRangeQuery(query: URLSearchParams): Parsed<JournalRange> {
  const read = readQuery(rangeQuery, query)
  return read.ok ? { ok: true, value: rangeOf(read.value) } : read
}

const rangeOf = (query: z.infer<typeof rangeQuery>): JournalRange => ({
  filter: filterOfQuery(query),
  sinceMs: query.since,
  untilMs: query.until,
})
