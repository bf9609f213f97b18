/**
 * `/api/recordings`: what recorders (`/recorder.js`) on people's own pages saw. `POST` is the one route that answers pages
 * of `ALLOWED_ORIGINS`, and tells them nothing; reading is for this server's own pages.
 */
import * as z from 'zod/mini'
import type { Evidence } from '#lib/evidence/schema.ts'
import { recordedEvent } from '#lib/protocol/events.ts'

const atMost = (characters: number) => z.string().check(z.maxLength(characters))
const listOf = <T extends z.core.$ZodType>(item: T, most: number) => z.array(item).check(z.maxLength(most))
const maybe = z.optional
const count = z.number().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER))
/** Epoch milliseconds fit. */
const ms = z.number().check(z.gte(-1e13), z.lte(1e13))
const code = z.int().check(z.gte(0), z.lte(65_535))

/** Unknown members are dropped, so that what is kept is bounded. */
const recordedSocketEvent = z.object({
  ms,
  type: atMost(40),
  code: maybe(code),
  reason: maybe(atMost(200)),
  was_clean: maybe(z.boolean()),
  ready_state: maybe(z.int().check(z.gte(0), z.lte(3))),
  name: maybe(atMost(100)),
  message: maybe(atMost(2048)),
  length: maybe(count),
  protocol: maybe(atMost(500)),
  extensions: maybe(atMost(500)),
  blocked_uri: maybe(atMost(2048)),
  effective_directive: maybe(atMost(100)),
  disposition: maybe(atMost(40)),
  messages: maybe(count),
  sent: maybe(count),
  longest_gap_ms: maybe(ms),
  longest_silence_ms: maybe(ms),
})

/** The part of an evidence document that a recorder can know, bounded: it comes from somebody else's page, or from a link. */
export const recordedEvidence = z.object({
  target: z.object({
    url: atMost(2048),
    subprotocols: maybe(listOf(atMost(2048), 20)),
    page_origin: maybe(atMost(500)),
  }),
  browser: z.object({
    events: listOf(recordedSocketEvent, 200),
    online: maybe(z.boolean()),
    user_agent: maybe(atMost(500)),
  }),
  peers: maybe(
    listOf(
      z.object({
        opened_ms: maybe(ms),
        last_byte_ms: maybe(ms),
        closed_ms: maybe(ms),
        code: maybe(code),
      }),
      50,
    ),
  ),
})
export type RecordedEvidence = z.infer<typeof recordedEvidence>

/** It is evidence like any other. */
export const asEvidence = (recorded: RecordedEvidence): Evidence => recorded

/** The recorder's own name for a socket. */
const recordingId = z.string().check(z.regex(/^[\w-]{8,64}$/))

/** The body of the POST. The answer is 204. */
export const recordingsOrder = z.strictObject({
  recordings: listOf(
    z.object({
      id: recordingId,
      /** Of `new WebSocket`, seconds since the Unix epoch by the page's clock. */
      started: z.number().check(z.gte(0), z.lte(1e11)),
      evidence: recordedEvidence,
    }),
    10,
  ).check(z.minLength(1)),
})
export type RecordingsOrder = z.infer<typeof recordingsOrder>

/** The answer to `GET /api/recordings`, the one that said something last first: the newest event of each. */
export const recordingList = z.looseObject({ recordings: z.array(recordedEvent) })
export type RecordingList = z.infer<typeof recordingList>

/** The answer to `GET /api/recordings/<id>`. */
export const recordingAnswer = z.looseObject({ recording: z.string(), evidence: recordedEvidence })
