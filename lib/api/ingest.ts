/**
 * `POST /api/ingest`: events of somebody else's servers, one JSON object a line, as `lib/protocol/events.ts` has them.
 * `GET /api/ingest/schema` is that contract as JSON Schema.
 */
import * as z from 'zod/mini'
import { problem } from '#lib/api/problem.ts'
import { diagnosticEvent, type EventKind } from '#lib/protocol/events.ts'
import { shortText } from '#lib/text/sentence-schema.ts'

export const ingestPath = '/api/ingest'
export const ingestSchemaPath = '/api/ingest/schema'

/** A sender that names another version in this header is refused whole; without the header this one is meant. */
export const versionHeader = 'why1006-events'
export const eventsVersion = '1'

/** What one request may hold. */
export const ingestLimits = {
  lines: 10_000,
  lineCharacters: 16_384,
  /** As sent, and unpacked. */
  bytes: 8 * 1024 * 1024,
  unpackedBytes: 32 * 1024 * 1024,
} as const

/** What a server may tell of itself and its connections; the other kinds are this server's own to tell. */
export const ingestKinds: readonly EventKind[] = [
  'attempt',
  'rejected',
  'accepted',
  'heartbeat',
  'pong_timeout',
  'traffic',
  'disconnected',
  'error',
  'server',
  // `why1006 watch` in a terminal tells what a watch of this server would.
  'watch',
]

const refusedLine = z.looseObject({
  /** From 1. */
  line: z.number(),
  error: z.enum(['not_json', 'not_an_event', 'unknown_kind', 'too_long', 'wrong_time']),
  message: shortText,
})
export type RefusedLine = z.infer<typeof refusedLine>

const counts = {
  taken: z.number(),
  /** Taken before: the same `instance` and `id`. */
  repeated: z.number(),
  refused: z.number(),
  /** The first of those that were refused. */
  reasons: z.array(refusedLine),
}

/** 202. Everything that is counted as taken is kept. */
export const ingestAnswer = z.looseObject(counts)
export type IngestAnswer = z.infer<typeof ingestAnswer>

/** 400: not one line was an event. */
export const ingestProblem = z.extend(problem, counts)

/** What RFC 6455 (§7.4) leaves for close codes. */
const closeCode = z.int().check(z.minimum(1000), z.maximum(4999))

const at = z.number().check(z.positive())
z.globalRegistry.add(at, {
  description:
    'Seconds since 1970: not older than what the journal keeps (JOURNAL_KEEP, 30 days by default), and at most one hour in the future.',
})

/**
 * One event as it may be sent. What a journal holds already is read by `diagnosticEvent`, which is wider: one wrong code in it
 * must not hide the events around it.
 */
export const ingestEvent = z.discriminatedUnion(
  'kind',
  diagnosticEvent.def.options.map((option) =>
    z.extend(option as Extendable, {
      at,
      ...('close_code' in option.shape && { close_code: z.optional(closeCode) }),
    }),
  ) as unknown as typeof diagnosticEvent.def.options,
)

/** An option of the union, whichever it is. */
type Extendable = z.ZodMiniObject<Record<string, z.ZodMiniType>>

/** The contract as JSON Schema (draft 2020-12): one event. */
export function ingestSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(ingestEvent)
  return { $schema, $id: ingestSchemaPath, title: `An event of Why1006, version ${eventsVersion}`, ...schema }
}
