/**
 * The queries of `GET /api/events` (whose answer is `eventsPage`), of `GET /api/events/stream` and of
 * `/ws/diagnostics` (whose messages are `diagnosticsMessage`). A parameter means the same in all three.
 */
import * as z from 'zod/mini'
import { names, refusal, textThat, wholeNumber } from '#lib/api/query.ts'
import { type EventKind, eventKinds, eventsPageLimit } from '#lib/protocol/events.ts'
import { tracePattern } from '#lib/protocol/trace.ts'

const isEventKind = (name: unknown): name is EventKind => eventKinds.some((kind) => kind === name)

const kinds = z.pipe(
  names,
  z.custom<EventKind[]>(
    (given) => Array.isArray(given) && given.every(isEventKind),
    refusal(`allowed are ${eventKinds.join(', ')}, separated by commas.`, {
      code: 'unknown-kind',
      allowed: eventKinds,
    }),
  ),
)

const filter = {
  kinds: z.optional(kinds),
  // An id is whatever the server gave out; the length keeps what a reader makes it hold small.
  client_id: z.optional(
    textThat((text) => text.length <= 128, refusal('at most 128 characters are allowed.')),
  ),
  trace: z.optional(
    textThat(
      (text) => tracePattern.test(text),
      refusal('1 to 64 letters, digits, hyphens or underscores are allowed.'),
    ),
  ),
}

/** Opaque here: the journal that issued it reads it. */
const cursor = z.optional(z.string(refusal('one cursor is allowed.')))

export const eventsQuery = z.object({
  ...filter,
  /** Both exclusive. */
  after: cursor,
  before: cursor,
  limit: z._default(wholeNumber(eventsPageLimit, 'events'), eventsPageLimit.default),
})

export const streamQuery = z.object({
  ...filter,
  /** Replay what came after it first; absent: begin with what comes next. */
  after: cursor,
  /** Without `after`: begin with so many of the events that there are already. */
  last: z._default(wholeNumber({ least: 1, greatest: 1_000 }, 'events'), 0),
  /** Milliseconds for which events are gathered into one write; 0 is one turn of the event loop. */
  batch: z._default(wholeNumber({ least: 10, greatest: 1_000 }, 'milliseconds'), 0),
})
