/**
 * `/ws/through`: a connection that this server opens for one of its own pages, with what a browser may not send.
 *
 * The page says `open` first. The server answers `opened` or `failed`, then passes messages on in both directions: binary
 * ones as they are, text in `text`. After `closed` or `failed` it ends the page's own connection with 1000.
 */
import * as z from 'zod/mini'
import { shortText } from '#lib/text/sentence-schema.ts'

const atMost = (characters: number) => z.string().check(z.maxLength(characters))
const pem = atMost(65_536)

/** Unknown members are refused: an option that was misspelt would change the connection unnoticed. */
export const throughOrder = z.strictObject({
  type: z.literal('open'),
  /** As a person types it; a Socket.IO or SignalR address is read as the one that its client opens. */
  url: atMost(8192),
  /** null: no Origin header; absent: that of a page which the target's own host delivers. */
  origin: z.optional(z.nullable(atMost(2048))),
  subprotocols: z.optional(z.array(atMost(256)).check(z.maxLength(20))),
  /** Each `Name: value`; cookies are one of them. */
  headers: z.optional(z.array(atMost(8300)).check(z.maxLength(50))),
  client_certificate: z.optional(
    z.strictObject({ cert: pem, key: pem, passphrase: z.optional(atMost(1000)) }),
  ),
  /** Certificates (PEM) to trust beside Node's own. */
  ca: z.optional(pem),
  /** Go on behind a certificate that fails its check. */
  insecure: z.optional(z.boolean()),
})
export type ThroughOrder = z.infer<typeof throughOrder>

/** What the page says once its order was given. */
export const throughSaid = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), data: z.string() }),
  /** Begins the closing handshake, or gives up connecting. */
  z.strictObject({ type: z.literal('close'), code: z.int(), reason: z.string() }),
  /** Sends a ping frame; its pong is told with the round trip. */
  z.strictObject({ type: z.literal('ping') }),
])
export type ThroughSaid = z.infer<typeof throughSaid>

const headerLine = z.tuple([z.string(), z.string()])
const ms = z.number()

export const throughOpened = z.object({
  type: z.literal('opened'),
  /** Such as `203.0.113.7:443`. */
  address: z.string(),
  status: z.number(),
  headers: z.array(headerLine),
  subprotocol: z.string(),
  extensions: z.string(),
  /** Such as `TLSv1.3`; absent for ws://. */
  tls: z.optional(z.string()),
  /** Where the certificate failed its check and the order was to go on: Node's code. */
  unverified: z.optional(z.string()),
  ms,
})

/** How it ended: `close_frame` by either side, else what TCP did, or why this server ended it. */
const how = z.enum(['close_frame', 'fin', 'rst', 'violation', 'error'])

/** What the server says; members may be added, which a page reads over. */
export const throughLine = z.discriminatedUnion('type', [
  throughOpened,
  z.object({ type: z.literal('text'), data: z.string() }),
  /** A ping frame came, and was answered. */
  z.object({ type: z.literal('ping') }),
  /** A pong frame came: with the round trip where a ping was asked for, without where the server sent it by itself. */
  z.object({ type: z.literal('pong'), rtt_ms: z.optional(z.number()) }),
  z.object({
    type: z.literal('closed'),
    /** 1005: a Close frame without a code; 1006: none. */
    code: z.int(),
    reason: z.string(),
    clean: z.boolean(),
    how,
    /** What broke the protocol, or failed, in a few words. */
    says: z.optional(shortText),
  }),
  z.object({
    type: z.literal('failed'),
    error: z.string(),
    /** A sentence. */
    message: shortText,
    remedy: z.optional(shortText),
    /** Of an HTTP answer in place of the 101. */
    status: z.optional(z.number()),
    headers: z.optional(z.array(headerLine)),
    ms,
  }),
])
export type ThroughLine = z.infer<typeof throughLine>
