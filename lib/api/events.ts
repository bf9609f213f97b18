/**
 * The queries of `GET /api/events` (whose answer is `eventsPage`), of `GET /api/events/stream`, of `/ws/diagnostics` (whose
 * messages are `diagnosticsMessage`), of `GET /api/events/ends` and `GET /api/events/outline`. A parameter means the same
 * in all of them.
 */
import * as z from 'zod/mini'
import { names, oneOf, refusal, textThat, wholeNumber } from '#lib/api/query.ts'
import type { EventFilter, Span } from '#lib/protocol/event-filter.ts'
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

/** What is longer only costs. */
const shortText = (most: number) =>
  z.optional(textThat((text) => text.length <= most, refusal(`at most ${most} characters are allowed.`)))

const spanPattern = /^(\d{1,12})-(\d{1,12})$/

const readSpan = (text: string): Span | null => {
  const [, from, to] = spanPattern.exec(text) ?? []
  if (from === undefined || to === undefined || Number(from) >= Number(to)) return null
  return { fromMs: Number(from), toMs: Number(to) }
}

const spanRefused = refusal('two whole numbers of milliseconds with a hyphen between them are allowed.')

const span = z.optional(
  z.pipe(
    textThat((text) => readSpan(text) !== null, spanRefused),
    z.transform((text) => readSpan(text) ?? { fromMs: 0, toMs: 0 }),
  ),
)

const filter = {
  kinds: z.optional(kinds),
  // An id is whatever the server gave out; the length keeps what a reader makes it hold small.
  client_id: shortText(128),
  trace: z.optional(
    textThat(
      (text) => tracePattern.test(text),
      refusal('1 to 64 letters, digits, hyphens or underscores are allowed.'),
    ),
  ),
  path: shortText(1024),
  /** Any endpoint but this one. */
  except_path: shortText(1024),
  /** A close code, or the HTTP status of a refusal. */
  code: z.optional(
    z.pipe(
      textThat((text) => /^[1-9]\d{2,3}$/.test(text), refusal('a number from 100 to 9999 is allowed.')),
      z.transform(Number),
    ),
  ),
  /** Of a refusal its cause, of an end its initiator, of an error its code. */
  cause: shortText(128),
  instance: shortText(256),
  /** Stands in one of the values, whatever the case of its letters. */
  text: shortText(256),
  /** `59000-61000`: the silence before an end in milliseconds, the second exclusive. */
  silence: span,
  /** The same for the age at the end. */
  age: span,
}

/** When the journal took them: milliseconds since the Unix epoch, the second exclusive. */
const range = {
  since: z.optional(wholeNumber({ least: 0, greatest: 99_999_999_999_999 }, 'milliseconds')),
  until: z.optional(wholeNumber({ least: 0, greatest: 99_999_999_999_999 }, 'milliseconds')),
}

/** Opaque here: the journal that issued it reads it. */
const cursor = z.optional(z.string(refusal('one cursor is allowed.')))

export const eventsQuery = z.object({
  ...filter,
  ...range,
  /** Both exclusive. */
  after: cursor,
  before: cursor,
  limit: z._default(wholeNumber(eventsPageLimit, 'events'), eventsPageLimit.default),
  /** `newest`: the last ones that match, still oldest first; `previous` leads on. */
  from: z._default(oneOf(['oldest', 'newest']), 'oldest'),
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

/** Of `GET /api/events/ends` and `GET /api/events/outline`. */
export const rangeQuery = z.object({ ...filter, ...range })

const fineBins = z.array(z.tuple([z.number(), z.number()]))

/** `GET /api/events/ends`: all that ended, counted. Kinds that end nothing are left out. */
export const endsAnswer = z.looseObject({
  count: z.number(),
  codes: z.array(z.tuple([z.nullable(z.number()), z.number()])),
  silence: fineBins,
  age: fineBins,
  clock: z.nullable(z.looseObject({ from_ms: z.number(), bin_ms: z.number(), counts: z.array(z.number()) })),
  bursts: z.array(
    z.looseObject({
      at_ms: z.number(),
      count: z.number(),
      least_age_ms: z.nullable(z.number()),
      most_age_ms: z.nullable(z.number()),
    }),
  ),
})
export type EndsAnswer = z.infer<typeof endsAnswer>

/**
 * `GET /api/events/outline`: how many events match, and the cursor of every so manieth of them, oldest first, so that a
 * list of any length can be entered anywhere. Null where only looking at each event would tell.
 */
export const outlineAnswer = z.nullable(
  z.looseObject({
    count: z.number(),
    every: z.number(),
    cursors: z.array(z.string()),
    /** The last event that was looked at: what a stream goes on from. Null when there was none. */
    latest: z.nullable(z.string()),
  }),
)
export type Outline = z.infer<typeof outlineAnswer>

type FilterQuery = Partial<z.infer<typeof rangeQuery>>

/** What a query asks for, as the filter that the journal, its streams and the page share. */
export const filterOfQuery = ({
  kinds,
  client_id,
  since: _since,
  until: _until,
  ...filter
}: FilterQuery): EventFilter => ({
  // No name between the commas asks for everything.
  kinds: kinds?.length ? kinds : undefined,
  clientId: client_id,
  trace: filter.trace,
  path: filter.path,
  exceptPath: filter.except_path,
  code: filter.code,
  cause: filter.cause,
  instance: filter.instance,
  text: filter.text,
  silence: filter.silence,
  age: filter.age,
})

/** The parameters that ask for it. */
export function queryOfFilter(filter: EventFilter): URLSearchParams {
  const query = new URLSearchParams()
  const { kinds, clientId, exceptPath, silence, age, ...others } = filter
  if (kinds !== undefined) query.set('kinds', kinds.join())
  if (clientId !== undefined) query.set('client_id', clientId)
  if (exceptPath !== undefined) query.set('except_path', exceptPath)
  if (silence !== undefined) query.set('silence', `${silence.fromMs}-${silence.toMs}`)
  if (age !== undefined) query.set('age', `${age.fromMs}-${age.toMs}`)
  for (const [name, value] of Object.entries(others)) if (value !== undefined) query.set(name, String(value))
  return query
}
