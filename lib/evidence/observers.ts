/**
 * What each observer may report of one connection: the parts of an evidence document.
 *
 * Every field is optional and `null` counts as absent, except where null itself is an observation: a check
 * that had nothing to check, an origin that was left out. Unknown fields are kept. Unknown event types are
 * kept too: a newer recorder must not make an older judge refuse the document.
 */
import * as z from 'zod/mini'

/** Optional, and null means the same as absent. */
export const maybe = <T extends z.core.$ZodType>(schema: T) =>
  z.optional(
    z.pipe(
      z.nullable(schema),
      z.transform((value) => value ?? undefined),
    ),
  )

const text = z.string()
/** Milliseconds on the observer's own clock, from its own beginning of the connection. */
const ms = maybe(z.number())
const code = maybe(z.number())
/** Names as they were sent, in order; a name may come twice. */
export const headerList = z.array(z.tuple([text, text]))

/**
 * One thing that page script saw. `type`: open, error, close, exception, message, sent, left_out (messages that a recorder
 * had no room for, and when the last of them went), csp_violation, close_called, page_left, still_open.
 */
export const browserEvent = z.looseObject({
  ms,
  type: text,
  code,
  reason: maybe(text),
  was_clean: maybe(z.boolean()),
  /** 0 connecting, 1 open, 2 closing, 3 closed: of a `still_open`, the state when the watch ended. */
  ready_state: maybe(z.number()),
  name: maybe(text),
  message: maybe(text),
  length: maybe(z.number()),
  /** Of a message that answered one of the page's own: the round trip. */
  rtt_ms: maybe(z.number()),
  /** Of `left_out`: how many were received, how many sent. */
  messages: maybe(z.number()),
  sent: maybe(z.number()),
  /** Of `left_out`: the longest time so far between two that were received, and between any two. */
  longest_gap_ms: ms,
  longest_silence_ms: ms,
  protocol: maybe(text),
  extensions: maybe(text),
  blocked_uri: maybe(text),
  effective_directive: maybe(text),
  disposition: maybe(text),
  original_policy: maybe(text),
})

export const browserEvidence = z.looseObject({
  events: maybe(z.array(browserEvent)),
  /** An empty list: somebody looked and there was nothing. Absent: nobody looked. */
  console: maybe(z.array(text)),
  online: maybe(z.boolean()),
})

/** A frame from the peer. `rsv` holds the three reserved bits as they stand in the first byte, shifted down: 4, 2, 1. */
export const wireFrame = z.looseObject({
  ms,
  opcode: z.number(),
  fin: maybe(z.boolean()),
  rsv: maybe(z.number()),
  masked: maybe(z.boolean()),
  length: maybe(z.number()),
  /** false: the length is written in more bytes than it needs. */
  minimal: maybe(z.boolean()),
  code,
  reason: maybe(text),
  /** false: a text payload, or a close reason, that is not UTF-8. */
  utf8: maybe(z.boolean()),
  /** Payload bytes that came, while they are fewer than `length`: half a frame. */
  received: maybe(z.number()),
})

const hostAddress = { address: text, family: z.union([z.literal(4), z.literal(6)]) }

/** How a probe's connection ended. `kind`: http_response, close_frame, fin, rst, open, error, no_answer. */
export const probeEnd = z.looseObject({
  kind: text,
  ms,
  /** A close code after close_frame, an error code after error. */
  code: maybe(z.union([z.number(), text])),
  reason: maybe(text),
  /** What TCP did after a close frame: fin, rst, open. */
  // biome-ignore lint/suspicious/noThenProperty: the field's name is fixed by the recorded documents
  then: maybe(text),
  /** `probe`: the probe itself closed first, as planned. */
  by: maybe(text),
  /** Why the probe stopped reading before its time: `too-much-data`. */
  stopped: maybe(text),
})

export const probeHttp = z.looseObject({
  status: maybe(z.number()),
  status_text: maybe(text),
  /** Statuses of answers that came before this one: 100, 102, 103. */
  interim: maybe(z.array(z.number())),
  version: maybe(text),
  headers: maybe(headerList),
  /** What was left out of names and values longer than 8 KiB. */
  more_header_bytes: maybe(z.number()),
  body_start: maybe(text),
  /** The peer's first bytes were no HTTP; they stand in `body_start`. */
  not_http: maybe(z.boolean()),
  ms,
})

/** Checks of a 101: true passed, false failed, null nothing to check. */
export const handshakeChecks = z.looseObject({
  accept: z.optional(z.nullable(z.boolean())),
  upgrade: z.optional(z.nullable(z.boolean())),
  connection: z.optional(z.nullable(z.boolean())),
  subprotocol: z.optional(z.nullable(z.boolean())),
  extensions: z.optional(z.nullable(z.boolean())),
})

const firstMessage = z.looseObject({
  ms,
  opcode: z.number(),
  length: maybe(z.number()),
  text_start: maybe(text),
  /** Of a binary one. */
  hex_start: maybe(text),
})

/** A raw socket's view, stage by stage; a stage that was not reached is absent. */
export const probeEvidence = z.looseObject({
  /** The Origin that was sent; null: none. Absent: the target's `page_origin`. */
  origin: z.optional(z.nullable(text)),
  /** The Sec-WebSocket-Key that somebody typed is not 16 bytes in base64, which servers refuse. */
  bad_key: maybe(z.boolean()),
  dns: maybe(
    z.looseObject({
      outcome: text,
      code: maybe(text),
      addresses: maybe(z.array(z.looseObject(hostAddress))),
      ms,
    }),
  ),
  /** `outcome`: connected, refused, unreachable, timeout, error; of `attempts` also not-needed (another was faster). */
  tcp: maybe(
    z.looseObject({
      outcome: text,
      code: maybe(text),
      address: maybe(text),
      attempts: maybe(z.array(z.looseObject({ ...hostAddress, outcome: text, code: maybe(text), ms }))),
      ms,
    }),
  ),
  /** `outcome`: ok, error (with the code of the failed check), timeout. Absent for ws://. */
  tls: maybe(
    z.looseObject({
      outcome: text,
      code: maybe(text),
      message: maybe(text),
      protocol: maybe(text),
      alpn: maybe(z.union([text, z.boolean()])),
      san: maybe(text),
      issuer: maybe(text),
      valid_from: maybe(text),
      valid_to: maybe(text),
      /** From the probe until the certificate ends; negative when it has ended. */
      valid_for_seconds: maybe(z.number()),
      /** The failed check of a certificate that the probe was told to accept all the same. */
      unverified: maybe(text),
      ms,
    }),
  ),
  http: maybe(probeHttp),
  checks: maybe(handshakeChecks),
  frames: maybe(z.array(wireFrame)),
  /** Frames beyond those listed. */
  more_frames: maybe(z.number()),
  first_message: maybe(firstMessage),
  /** The last messages that came, the newest last: the beginning of each, as text or as hexadecimal digits. */
  last_messages: maybe(
    z.array(
      z.looseObject({
        ms,
        opcode: z.number(),
        length: maybe(z.number()),
        text_start: maybe(text),
        hex_start: maybe(text),
      }),
    ),
  ),
  /** Text where a frame should begin: an HTTP answer, an error's words. */
  not_frames: maybe(z.looseObject({ ms, text_start: maybe(text) })),
  /** Round trip of the probe's first ping; null: never answered. */
  ping: maybe(z.looseObject({ rtt_ms: z.nullable(z.number()) })),
  /** The same for a ping right before the probe's Close frame. */
  last_ping: maybe(z.looseObject({ rtt_ms: z.nullable(z.number()) })),
  /** The server sent back what it was sent. */
  echo: maybe(z.looseObject({ rtt_ms: z.number() })),
  /** What the probe sent itself: traffic, which re-arms idle timers. */
  sent: maybe(
    z.array(
      z.looseObject({
        ms,
        opcode: z.number(),
        length: maybe(z.number()),
        /** What a protocol above WebSocket asked for, to complete “The probe …”. */
        means: maybe(text),
      }),
    ),
  ),
  /** The last byte in either direction, the probe's own frames too. */
  last_byte_ms: ms,
  /** The first frame that came after the server's Close frame. */
  after_close: maybe(z.looseObject({ ms, opcode: z.number() })),
  /** The probe's own close frame, what answered it (close_frame, fin, rst, error, null), and when. */
  close: maybe(z.looseObject({ sent_ms: z.number(), answer: z.nullable(text), answered_ms: ms })),
  end: maybe(probeEnd),
})

/** What a retry may change; `retry-kinds.ts` says of each what it means. */
export const variedMembers = {
  origin: z.optional(z.nullable(text)),
  subprotocols: maybe(z.array(text)),
  heartbeat_seconds: maybe(z.number()),
  url: maybe(text),
  scheme: maybe(text),
  location: maybe(text),
  path: maybe(text),
  query: maybe(text),
  session: maybe(text),
  verify: maybe(z.boolean()),
  extensions: maybe(text),
  again: maybe(z.boolean()),
}

/** The probe again with one thing changed. */
export const retryEvidence = z.looseObject({
  vary: z.looseObject(variedMembers),
  status: maybe(z.number()),
  /** The first stage that failed, and its code, where no status came: `{ stage: 'tls', code: 'CERT_HAS_EXPIRED' }`. */
  failed: maybe(z.looseObject({ stage: text, code: maybe(text) })),
  headers: maybe(headerList),
  /** The beginning of a refusal's body. */
  body_start: maybe(text),
  checks: maybe(handshakeChecks),
  first_message: maybe(firstMessage),
  end: maybe(probeEnd),
  /** Those up to one that breaks the protocol, where one does. */
  frames: maybe(z.array(wireFrame)),
  /** What came instead where the first bytes were no HTTP. */
  not_http: maybe(text),
  /** Why the retry was not made at all. */
  refused: maybe(text),
  /** True: the time for retries was over before it was this one's turn. */
  out_of_time: maybe(z.boolean()),
})

export const proxyEvidence = z.looseObject({
  /** nginx, haproxy, apache, caddy, … */
  kind: maybe(text),
  version: maybe(text),
  config: maybe(text),
  access_log: maybe(z.array(text)),
  error_log: maybe(z.array(text)),
})

/**
 * One thing that the backend saw. `type`: request, upgraded, rejected, response, message, frame, fin_received,
 * tcp_error, unacknowledged, data_received, error, pong_missed, close, signal, process_exit, log.
 */
export const serverEvent = z.looseObject({
  ms,
  type: text,
  http_version: maybe(text),
  method: maybe(text),
  path: maybe(text),
  headers: maybe(headerList),
  status: maybe(z.number()),
  /** A close code, or the code of a library's or TCP's error. */
  code: maybe(z.union([z.number(), text])),
  reason: maybe(text),
  message: maybe(text),
  from: maybe(text),
  /** Who ended the connection, of a close: client, server or network. */
  by: maybe(text),
  opcode: maybe(z.number()),
  length: maybe(z.number()),
  signal: maybe(text),
  exit_code: maybe(z.number()),
  /** Of a `process_exit` that nobody saw: no sign of life came from the process any more. */
  silent: maybe(z.boolean()),
  /** Round trip of one ping, of a `pong`. */
  rtt_ms: maybe(z.number()),
  /** How often bytes that stay `unacknowledged` were sent again. */
  times: maybe(z.number()),
  /** How long it lasted, of a process that was `stalled`. */
  for_ms: maybe(z.number()),
  text: maybe(text),
})

/** Another connection of the same server or log; all times on one clock, so that equal wall-clock ends show. */
export const peerEvidence = z.looseObject({
  opened_ms: maybe(z.number()),
  last_byte_ms: maybe(z.number()),
  closed_ms: maybe(z.number()),
  /** Where a log states the duration: more exact than its stamps, or known without them. */
  age_ms: maybe(z.number()),
  /** Sent to the client, where a log has it. */
  bytes: maybe(z.number()),
  code: maybe(z.number()),
  /** How many connections it stands for, where it was chosen from very many. */
  count: maybe(z.number()),
})

/**
 * What a client outside a browser printed, or an application's own log of its socket. `program` is an id of the
 * phrasebook, absent where unknown; `events` are as a page's, on the client's own clock.
 */
export const clientEvidence = z.looseObject({
  program: maybe(text),
  lines: maybe(z.array(z.looseObject({ text, /** Seconds since the Unix epoch. */ at: maybe(z.number()) }))),
  events: maybe(z.array(browserEvent)),
})

/**
 * The protocol above WebSocket, where it was recognized, and what it said in its own messages. `by`: picked (the
 * subprotocol), message, answer, address, offered.
 */
export const applicationEvidence = z.looseObject({
  protocol: maybe(text),
  version: maybe(z.union([z.number(), text])),
  by: maybe(text),
  says: maybe(z.array(text)),
  /** The probe was told to say nothing of its own. */
  quiet: maybe(z.boolean()),
  /** Versions of TLS that source code pins. `does`: at_least, at_most, only. */
  tls_versions: maybe(z.array(z.looseObject({ name: text, does: text, version: text }))),
  /** Timers of heartbeats that were set in source code. `side`: client, server. `does`: beats, waits. */
  timers: maybe(
    z.array(z.looseObject({ program: text, name: text, side: text, does: text, ms: z.number() })),
  ),
})

/** A person's own comparison. `what`: another browser, machine, network. `outcome`: opens, same, differs. */
export const elsewhereEvidence = z.looseObject({ what: text, outcome: text })
