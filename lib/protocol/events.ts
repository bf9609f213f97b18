/**
 * The server's own events, as `/ws/diagnostics`, `/api/events` and the JSON log carry them.
 *
 * One discriminated union on `kind`, defined here and validated at every edge. `at` is seconds since the
 * Unix epoch; a name that ends in `_ms` or `_seconds` is a duration. Objects are loose: a newer server may
 * add fields, and an older reader keeps them.
 */
import * as z from 'zod/mini'

const text = z.string()
const count = z.number().check(z.nonnegative())

const common = {
  /** Opaque cursor: unique for ever, ordered within the journal that issued it. */
  id: text,
  at: z.number(),
  instance: text,
}

const ofConnection = {
  ...common,
  client_id: text,
  /** The path of the endpoint that was asked for, without its query. */
  endpoint: text,
  trace: z.optional(text),
  /** The name that a server of somebody else gave itself; absent for our own. */
  service: z.optional(text),
  /** Set where the one that tells it opened the connection. */
  role: z.optional(z.literal('client')),
}

/** A handshake arrived. Absent headers are absent here, and `none` in the log line. */
const attemptEvent = z.looseObject({
  ...ofConnection,
  kind: z.literal('attempt'),
  address: text,
  /** Of the peer; with the address it names one TCP connection. Absent where the peer was dialed. */
  port: z.optional(count),
  /** What was asked for, with the values of foreign query parameters masked. */
  url: text,
  scheme: z.enum(['ws', 'wss']),
  http_version: text,
  host: z.optional(text),
  origin: z.optional(text),
  user_agent: z.optional(text),
  upgrade: z.optional(text),
  connection: z.optional(text),
  subprotocols: z.optional(text),
  forwarded_for: z.optional(text),
  forwarded_proto: z.optional(text),
  forwarded_host: z.optional(text),
  real_ip: z.optional(text),
})

/** Why a handshake was turned away: by a rule of ours, or by somebody's `application`, which knows itself why. */
const rejectionCause = z.enum([
  'origin',
  'path',
  'parameters',
  'handshake',
  'limit',
  'draining',
  'host',
  'application',
  'access',
])

/** The handshake was refused: with an HTTP `status`, or (origin rejection 1008) with a `close_code`. */
const rejectedEvent = z.looseObject({
  ...ofConnection,
  kind: z.literal('rejected'),
  cause: rejectionCause,
  reason: text,
  status: z.optional(z.number()),
  close_code: z.optional(z.number()),
  /** The one that was turned away, where that is the cause. */
  origin: z.optional(text),
  /** The package or file that answered, where the cause is the application. */
  by: z.optional(text),
})

const acceptedEvent = z.looseObject({
  ...ofConnection,
  kind: z.literal('accepted'),
  /** Both absent where somebody else's server pings by rules of its own. */
  ping_interval_seconds: z.optional(count),
  ping_timeout_seconds: z.optional(count),
  subprotocol: z.optional(text),
})

/** One answered ping. */
const heartbeatEvent = z.looseObject({
  ...ofConnection,
  kind: z.literal('heartbeat'),
  ping_number: count,
  rtt_ms: count,
  /** An old one may stand for so many, all of one minute, with these extremes. */
  beats: z.optional(count),
  rtt_min_ms: z.optional(count),
  rtt_max_ms: z.optional(count),
})

/** A ping that nobody answered in time; the connection is terminated. */
const pongTimeoutEvent = z.looseObject({
  ...ofConnection,
  kind: z.literal('pong_timeout'),
  ping_number: count,
  waited_ms: count,
})

/** What moved since the connection's last traffic event; control frames do not count. */
const trafficEvent = z.looseObject({
  ...ofConnection,
  kind: z.literal('traffic'),
  messages_in: count,
  messages_out: count,
  bytes_in: count,
  bytes_out: count,
})

const initiator = z.enum(['client', 'server', 'network'])

/**
 * An accepted connection ended. `close_code` is the code that was sent or received, 1006 where none was. It, `initiator` and
 * the counts of pings are absent where somebody told of the end who reads no frames, such as a proxy.
 */
const disconnectedEvent = z.looseObject({
  ...ofConnection,
  kind: z.literal('disconnected'),
  close_code: z.optional(z.number()),
  reason: text,
  duration_ms: count,
  /** Since the last byte in either direction, control frames included; the close frame itself does not count. */
  silence_ms: z.optional(count),
  pings: z.optional(count),
  pongs: z.optional(count),
  initiator: z.optional(initiator),
  /** What the system said when the TCP connection broke, such as `ECONNRESET`; absent after an orderly end. */
  socket_error: z.optional(text),
  /** Totals of the connection; the last traffic event may lie up to a second before the end. */
  messages_in: z.optional(count),
  messages_out: z.optional(count),
  bytes_in: z.optional(count),
  bytes_out: z.optional(count),
  /** What only the server itself can say: since the last byte of the peer but for a Close frame, since its last pong. */
  since_rx_ms: z.optional(count),
  since_pong_ms: z.optional(count),
  /** Pings since then that nobody answered. */
  missed_pongs: z.optional(count),
  /** The longest time in that silence (at least a minute, but not before the opening) for which the process did nothing else. */
  event_loop_delay_ms: z.optional(count),
  /** What was written and had not left the process. */
  buffered_bytes: z.optional(count),
  /** Where a pong was missed: what the system of the peer had not acknowledged, and how often it was sent again. */
  unacked_bytes: z.optional(count),
  retransmits: z.optional(count),
  /** The server had stopped taking new connections. */
  draining: z.optional(z.boolean()),
  /**
   * The process that had the connection could not tell of its end, and another did: it `ended` (a crash, a kill), or was
   * `silent` towards the others for half a minute. Then `at` is its last sign of life, and no code is known.
   */
  process: z.optional(z.enum(['ended', 'silent'])),
})

/** Something went wrong on one connection (`client_id` given) or in the server itself. */
const errorEvent = z.looseObject({
  ...common,
  kind: z.literal('error'),
  client_id: z.optional(text),
  endpoint: z.optional(text),
  trace: z.optional(text),
  service: z.optional(text),
  code: text,
  message: text,
})

/** How far a socket got that a page recorded: `left` is one that was open when its page was. */
const recordedPhase = z.enum(['connecting', 'open', 'closed', 'failed', 'refused', 'left'])
export type RecordedPhase = z.infer<typeof recordedPhase>

/** What a recorder (`/recorder.js`) on somebody's page said of one of its sockets, each time that it said more. */
export const recordedEvent = z.looseObject({
  ...common,
  kind: z.literal('recorded'),
  recording: text,
  /** Of the page. */
  origin: text,
  /** With its secrets cut. */
  url: text,
  phase: recordedPhase,
  /** When the page called `new WebSocket`, seconds since the Unix epoch by its own clock. */
  started: z.number(),
  /** From the opening to the close, where there were both. */
  duration_ms: z.optional(count),
  close_code: z.optional(z.number()),
  reason: z.optional(text),
  messages_in: count,
  messages_out: count,
})

/** `up` and `lost` alternate; `refused` is the first attempt of an outage that did not open. */
const watchState = z.enum(['started', 'up', 'lost', 'refused', 'stopped'])
export type WatchState = z.infer<typeof watchState>

/** What became of a connection that this server keeps and watches. */
const watchEvent = z.looseObject({
  ...common,
  kind: z.literal('watch'),
  /** Names the watch: `/watch?id=`. */
  watch: text,
  /** With its secrets cut. */
  url: text,
  state: watchState,
  /** How it ended, in words. */
  says: z.optional(text),
  /** Of a lost connection, from its opening to its end. */
  age_ms: z.optional(count),
  /** From the last byte to the end. */
  silence_ms: z.optional(count),
  /** As a browser would report it. */
  close_code: z.optional(z.number()),
  /** The leading verdict, and the report that is kept with its evidence. */
  cause: z.optional(text),
  certainty: z.optional(text),
  report: z.optional(text),
  /** Of `up` after a loss: from there to here, in so many attempts. */
  down_ms: z.optional(count),
  attempts: z.optional(count),
  /** Of `started`: nobody watched for so long, because the server did not run. */
  unwatched_ms: z.optional(count),
})

const serverEvent = z.looseObject({
  ...common,
  kind: z.literal('server'),
  state: z.enum(['started', 'draining']),
})

export const diagnosticEvent = z.discriminatedUnion('kind', [
  attemptEvent,
  rejectedEvent,
  acceptedEvent,
  heartbeatEvent,
  pongTimeoutEvent,
  trafficEvent,
  disconnectedEvent,
  errorEvent,
  recordedEvent,
  watchEvent,
  serverEvent,
])

export type DiagnosticEvent = z.infer<typeof diagnosticEvent>
export type EventKind = DiagnosticEvent['kind']
export type EventOf<K extends EventKind> = Extract<DiagnosticEvent, { kind: K }>

/** Kinds that tell of no connection to this server: of itself, of somebody else's page, of somebody else's server. */
export type KindBesideConnections = 'server' | 'recorded' | 'watch'

export type ConnectionEvent = Exclude<DiagnosticEvent, { kind: KindBesideConnections }>

export const isOfConnection = (event: DiagnosticEvent): event is ConnectionEvent =>
  event.kind !== 'server' && event.kind !== 'recorded' && event.kind !== 'watch'

/** In the order of the union. */
export const eventKinds: readonly EventKind[] = diagnosticEvent.def.options.flatMap(
  ({ shape }): readonly EventKind[] => shape.kind.def.values,
)

/**
 * What `/ws/diagnostics` sends. Events that are `waiting` are not where the journal keeps them yet: what other instances
 * wrote meanwhile may come before them, so a reader does not resume behind them. A `gap` names the cursors on both sides of what is
 * missing; null is "the end of what is kept".
 */
export const diagnosticsMessage = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('hello'),
    instance: text,
    oldest: z.nullable(text),
    latest: z.nullable(text),
  }),
  z.looseObject({ type: z.literal('event'), event: diagnosticEvent, waiting: z.optional(z.boolean()) }),
  z.looseObject({
    type: z.literal('events'),
    events: z.array(diagnosticEvent),
    waiting: z.optional(z.boolean()),
  }),
  z.looseObject({ type: z.literal('gap'), after: z.nullable(text), before: z.nullable(text) }),
])

export type DiagnosticsMessage = z.infer<typeof diagnosticsMessage>

/** Judges without copying: the schemas change nothing, and a page keeps 20,000 events. */
export const isDiagnosticsMessage = (value: unknown): value is DiagnosticsMessage =>
  diagnosticsMessage.safeParse(value).success

/** How many events one page of `GET /api/events` has. */
export const eventsPageLimit = { least: 1, greatest: 1_000, default: 100 } as const

/** One page of `GET /api/events`, oldest first. `next` is the cursor to ask `after`, null when there is no more. */
export const eventsPage = z.looseObject({
  events: z.array(diagnosticEvent),
  next: z.nullable(text),
  /** Where the newest were asked for: the cursor to ask `before` for older ones, null when there are none. */
  previous: z.optional(z.nullable(text)),
  /** With it: the last event that was looked at, null when there was none. A stream goes on from there. */
  latest: z.optional(z.nullable(text)),
  /** The cursors on both sides of what is not kept any more, where the page begins behind it. */
  gap: z.optional(z.nullable(z.looseObject({ after: z.nullable(text), before: z.nullable(text) }))),
})

export type EventsPage = z.infer<typeof eventsPage>
