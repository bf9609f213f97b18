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

/** The contract as JSON Schema (draft 2020-12): one event. */
export function ingestSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(diagnosticEvent)
  return { $schema, $id: ingestSchemaPath, title: `An event of Why1006, version ${eventsVersion}`, ...schema }
}
