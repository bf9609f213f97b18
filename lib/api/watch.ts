/**
 * `/api/watches`: connections that the server keeps and watches, for days and across its restarts.
 *
 * `POST` starts one, `GET` lists them, `GET /api/watches/<id>` has its losses. `POST /api/watches/<id>/stop` and
 * `/start` end it and go on with it, `DELETE /api/watches/<id>` forgets it.
 */
import * as z from 'zod/mini'
import { diagnoseOrder } from '#lib/api/diagnose.ts'
import { sentenceText, shortText } from '#lib/text/sentence-schema.ts'

const { url, origin, subprotocols, headers, send, quiet, family, ca, insecure } = diagnoseOrder.shape

export const heartbeatSeconds = { least: 0.1, greatest: 3600 } as const

/** The body of `POST /api/watches`. Unknown members are refused: a misspelt option would change the result unnoticed. */
export const watchOrder = z.strictObject({
  url,
  origin,
  subprotocols,
  headers,
  send,
  quiet,
  family,
  ca,
  insecure,
  /** Seconds between pings; absent: silence, in which an idle timer can strike. */
  heartbeat_seconds: z.optional(
    z.number().check(z.gte(heartbeatSeconds.least), z.lte(heartbeatSeconds.greatest)),
  ),
  /** Where each change of state is POSTed to: an http or https URL. */
  notify: z.optional(z.string().check(z.maxLength(2048))),
})
export type WatchOrder = z.infer<typeof watchOrder>

const count = z.number().check(z.nonnegative())

/** The connection was lost, or could not be opened again. An outage whose first attempt failed is one, too. */
export const watchLoss = z.looseObject({
  /** Seconds since the Unix epoch. */
  at: z.number(),
  how: z.enum(['lost', 'refused']),
  says: shortText,
  /** Of a lost connection: from its opening to its end, and from the last byte to it. */
  age_ms: z.optional(count),
  silence_ms: z.optional(count),
  close_code: z.optional(z.number()),
  /** The leading verdict. */
  cause: z.optional(z.string()),
  certainty: z.optional(z.string()),
  /** The id of the report that has its evidence; absent where too many were kept lately. */
  report: z.optional(z.string()),
  /** How long it took to be connected again, and in how many attempts; absent while it is down. */
  down_ms: z.optional(count),
  attempts: z.optional(count),
})
export type WatchLoss = z.infer<typeof watchLoss>

export const watchSummary = z.looseObject({
  id: z.string(),
  /** With its secrets masked. */
  url: z.string(),
  created: z.number(),
  state: z.enum(['connecting', 'up', 'down', 'stopped']),
  /** When that began, seconds since the Unix epoch. */
  since: z.number(),
  /** Since it was created, restarts included. */
  attempts: count,
  lost: count,
  refused: count,
  heartbeat_seconds: z.optional(z.number()),
  last: z.optional(watchLoss),
  /** The host that is notified, and what became of the newest notification. */
  notify: z.optional(
    z.looseObject({
      host: z.string(),
      at: z.optional(z.number()),
      /** Absent where it was taken. */
      problem: z.optional(sentenceText),
    }),
  ),
  /** Why it stopped by itself. */
  problem: z.optional(sentenceText),
})
export type WatchSummary = z.infer<typeof watchSummary>

/** The answer to `GET /api/watches`, the newest first. */
export const watchList = z.looseObject({
  watches: z.array(watchSummary),
  /** How many may run at once. */
  most: z.number(),
  /** Whether they go on when the server is started again. */
  kept: z.boolean(),
})
export type WatchList = z.infer<typeof watchList>

/** The answer to everything about one. */
export const watchDetail = z.extend(watchSummary, {
  /** The newest thousand, oldest first. */
  losses: z.array(watchLoss),
  /** What the losses have in common. */
  learned: z.optional(sentenceText),
})
export type WatchDetail = z.infer<typeof watchDetail>

/** The body of a notification, in the form of Standard Webhooks. `text` is what chats show. */
export const watchNotice = z.looseObject({
  type: z.enum(['watch.up', 'watch.down']),
  /** When it changed, ISO 8601. */
  timestamp: z.string(),
  text: sentenceText,
  data: z.looseObject({
    watch: z.optional(z.string()),
    /** With its secrets masked. */
    url: z.string(),
    state: z.enum(['up', 'down']),
    since: z.number(),
    /** How often it was lost since the notification before. */
    losses: count,
    ...z.partial(z.omit(watchLoss, { at: true, report: true })).shape,
    /** Pages of this server: the watch, and the report of the newest loss. */
    link: z.optional(z.string()),
    report: z.optional(z.string()),
  }),
})
export type WatchNotice = z.infer<typeof watchNotice>
