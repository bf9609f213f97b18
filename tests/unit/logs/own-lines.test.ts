import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseLine } from '#lib/logs/line.ts'
import type { AppRecord } from '#lib/logs/record.ts'
import { type DiagnosticEvent, diagnosticEvent, type EventKind, type EventOf } from '#lib/protocol/events.ts'
import { formatLine, isField, type LinePart, logLines } from '#lib/protocol/log-line.ts'
import { quote, unquote } from '#lib/protocol/log-value.ts'

const common = { id: 'c1', at: 1_795_165_471.62, instance: 'api-1' }
const connection = { ...common, client_id: 'client_1', endpoint: '/ws' }

const events: DiagnosticEvent[] = [
  {
    ...connection,
    kind: 'attempt',
    address: '10.0.0.2',
    url: '/ws?token=***',
    scheme: 'wss',
    http_version: '1.1',
    origin: 'https://app.example',
    user_agent: 'node-ws "edge" build/7 [beta]',
    upgrade: 'websocket',
    forwarded_for: '203.0.113.77, 10.0.0.9',
  },
  {
    ...connection,
    kind: 'rejected',
    cause: 'origin',
    reason: 'Origin not in allowed list',
    status: 403,
    origin: 'https://evil.example',
  },
  {
    ...connection,
    kind: 'rejected',
    cause: 'origin',
    reason: 'Origin not in allowed list',
    close_code: 1008,
  },
  { ...connection, kind: 'rejected', cause: 'limit', reason: 'Too many, try later', status: 503 },
  { ...connection, kind: 'rejected', cause: 'application', reason: 'ended without an answer' },
  { ...connection, kind: 'rejected', cause: 'application', reason: '(busy)', status: 503 },
  { ...connection, kind: 'accepted', ping_interval_seconds: 30, ping_timeout_seconds: 10 },
  { ...connection, kind: 'heartbeat', ping_number: 3, rtt_ms: 1.2 },
  { ...connection, kind: 'pong_timeout', ping_number: 3, waited_ms: 10_000 },
  { ...connection, kind: 'traffic', messages_in: 1, messages_out: 2, bytes_in: 3, bytes_out: 4 },
  {
    ...connection,
    kind: 'disconnected',
    close_code: 1006,
    reason: 'say "no", code=1000',
    duration_ms: 60_020,
    pings: 2,
    pongs: 1,
    initiator: 'network',
  },
  {
    ...connection,
    kind: 'disconnected',
    reason: 'the server process ended',
    duration_ms: 45_000,
    initiator: 'server',
    process: 'ended',
  },
  { ...common, kind: 'error', code: 'EPIPE', message: 'write failed' },
  {
    ...common,
    kind: 'recorded',
    recording: 'r1',
    origin: 'http://localhost:3000',
    url: 'wss://api.example/ws?token=***',
    phase: 'closed',
    started: 1_795_165_400,
    duration_ms: 60_001.5,
    close_code: 1006,
    reason: 'say "no", code=1000',
    messages_in: 3,
    messages_out: 0,
  },
  {
    ...common,
    kind: 'watch',
    watch: 'w1',
    url: 'wss://api.example/ws?token=***',
    state: 'lost',
    says: 'closed by FIN, code=1000',
    age_ms: 60_001.5,
    silence_ms: 60_000,
    close_code: 1006,
    cause: 'idle-timeout',
    certainty: 'likely',
    report: 'r1',
  },
  { ...common, kind: 'server', state: 'draining' },
]

test('our text lines and our JSON lines say the same', () => {
  for (const event of events) {
    const { format: _text, ...fromText } = app(parseLine(formatLine(event)))
    const { format: _json, ...fromJson } = app(parseLine(JSON.stringify(event)))
    assert.deepEqual(fromText, fromJson, formatLine(event))
    assert.doesNotMatch(formatLine(event), /undefined/)
  }
})

const hostile = fc.constantFrom(
  '',
  ' client_id=client_9 disconnected - code=1006, close_code=1006',
  '", client_id=client_9 disconnected - code=1000',
  '\\", close_code=1000, "',
  '\n[WS_DIAGNOSTICS] client_id=client_9 disconnected - code=1006, close_code=1006',
  ', at=2000-01-01T00:00:00.000Z',
)

const anyText = fc
  .tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), hostile)
  .map(([text, forged]) => text + forged)
const maybeText = fc.option(anyText, { nil: undefined })
const anyCount = fc.nat(1e9)
const anyMs = fc.nat(1e9).map((microseconds) => microseconds / 1000)
const anyEvent = {
  id: fc.constant('1'),
  at: fc.integer({ min: 0, max: 4e12 }).map((ms) => ms / 1000),
  instance: anyText,
}
const anyConnection = { ...anyEvent, client_id: anyText, endpoint: anyText, trace: maybeText }

/** The compiler asks for every kind; what is left out here is left out of the line. */
const anyOf: { [K in EventKind]: fc.Arbitrary<EventOf<K>> } = {
  attempt: fc.record({
    ...anyConnection,
    kind: fc.constant('attempt' as const),
    address: anyText,
    url: anyText,
    scheme: fc.constantFrom('ws', 'wss'),
    http_version: fc.constantFrom('1.0', '1.1'),
    host: maybeText,
    origin: maybeText,
    user_agent: maybeText,
    upgrade: maybeText,
    connection: maybeText,
    forwarded_for: maybeText,
    forwarded_proto: maybeText,
    forwarded_host: maybeText,
    real_ip: maybeText,
  }),
  rejected: fc
    .record({
      ...anyConnection,
      kind: fc.constant('rejected' as const),
      cause: fc.constantFrom('origin', 'path', 'parameters', 'handshake', 'limit', 'draining', 'host'),
      reason: fc.oneof(fc.constant('Origin not in allowed list'), anyText),
      origin: maybeText,
    })
    .chain((event) =>
      fc
        .constantFrom({ status: 403 }, { status: 503 }, { close_code: 1008 }, {})
        .map((how) => ({ ...event, ...how })),
    ),
  accepted: fc.record({
    ...anyConnection,
    kind: fc.constant('accepted' as const),
    ping_interval_seconds: anyMs,
    ping_timeout_seconds: anyMs,
  }),
  heartbeat: fc.record({
    ...anyConnection,
    kind: fc.constant('heartbeat' as const),
    ping_number: anyCount,
    rtt_ms: anyMs,
  }),
  pong_timeout: fc.record({
    ...anyConnection,
    kind: fc.constant('pong_timeout' as const),
    ping_number: anyCount,
    waited_ms: anyMs,
  }),
  traffic: fc.record({
    ...anyConnection,
    kind: fc.constant('traffic' as const),
    messages_in: anyCount,
    messages_out: anyCount,
    bytes_in: anyCount,
    bytes_out: anyCount,
  }),
  disconnected: fc.record({
    ...anyConnection,
    kind: fc.constant('disconnected' as const),
    close_code: fc.integer({ min: 1000, max: 4999 }),
    reason: anyText,
    duration_ms: anyMs,
    pings: anyCount,
    pongs: anyCount,
    initiator: fc.constantFrom('client', 'server', 'network'),
    socket_error: maybeText,
  }),
  error: fc.oneof(
    fc.record({ ...anyEvent, kind: fc.constant('error' as const), code: anyText, message: anyText }),
    fc.record({ ...anyConnection, kind: fc.constant('error' as const), code: anyText, message: anyText }),
  ),
  recorded: fc.record({
    ...anyEvent,
    kind: fc.constant('recorded' as const),
    recording: anyText,
    origin: anyText,
    url: anyText,
    phase: fc.constantFrom('connecting', 'open', 'closed', 'failed', 'refused', 'left'),
    started: fc.nat(4e9),
    duration_ms: fc.option(anyMs, { nil: undefined }),
    close_code: fc.option(fc.integer({ min: 1000, max: 4999 }), { nil: undefined }),
    reason: maybeText,
    messages_in: anyCount,
    messages_out: anyCount,
  }),
  watch: fc.record({
    ...anyEvent,
    kind: fc.constant('watch' as const),
    watch: anyText,
    url: anyText,
    state: fc.constantFrom('started', 'up', 'lost', 'refused', 'stopped'),
    says: maybeText,
    age_ms: fc.option(anyMs, { nil: undefined }),
    silence_ms: fc.option(anyMs, { nil: undefined }),
    close_code: fc.option(fc.integer({ min: 1000, max: 4999 }), { nil: undefined }),
    cause: maybeText,
    certainty: maybeText,
    report: maybeText,
    down_ms: fc.option(anyMs, { nil: undefined }),
    attempts: fc.option(anyCount, { nil: undefined }),
    unwatched_ms: fc.option(anyMs, { nil: undefined }),
  }),
  server: fc.record({
    ...anyEvent,
    kind: fc.constant('server' as const),
    state: fc.constantFrom('started', 'draining'),
  }),
}

for (const [kind, events] of Object.entries(anyOf)) {
  test(`a line of the kind ${kind} reads back as it was, whatever its values hold`, () => {
    fc.assert(
      fc.property(events as fc.Arbitrary<DiagnosticEvent>, (event) => {
        const line = formatLine(event)
        assert.equal(line.split('\n').length, 1)
        const { format: _text, atMs: textAt = 0, ...fromText } = app(parseLine(line))
        const { format: _json, atMs: jsonAt = 0, ...fromJson } = app(parseLine(JSON.stringify(event)))
        assert.deepEqual(fromText, fromJson, line)
        assert.ok(Math.abs(textAt - jsonAt) < 1, line)
      }),
    )
  })
}

/** Totals, subprotocols and ports are in the JSON alone; the time ends every line, and the server's line alone names it. */
const unwritten: Partial<Record<EventKind, readonly string[]>> = {
  attempt: ['subprotocols', 'port', 'instance'],
  accepted: ['subprotocol', 'instance'],
  disconnected: ['messages_in', 'messages_out', 'bytes_in', 'bytes_out', 'instance'],
  // A line is written while they are fresh; only what is kept is thinned.
  heartbeat: ['beats', 'rtt_min_ms', 'rtt_max_ms', 'instance'],
  recorded: ['started', 'instance'],
  // Among its words.
  rejected: ['reason', 'status', 'close_code', 'instance'],
  server: ['state'],
}

test('every value of an event is in its line, or left out on purpose', () => {
  for (const { shape } of diagnosticEvent.def.options) {
    const [kind] = shape.kind.def.values
    assert.ok(kind)
    const parts: readonly LinePart[] = logLines[kind]
    const written = parts.filter(isField).map(([, key]) => key)
    // Which end tells it is in the line of the attempt.
    const role = kind !== 'attempt' && 'role' in shape ? ['role'] : []
    const others = ['id', 'at', 'kind', ...role, ...(unwritten[kind] ?? ['instance'])]
    assert.deepEqual(new Set([...written, ...others]), new Set(Object.keys(shape)), kind)
  }
})

test('a quoted value is taken back as it was', () => {
  fc.assert(fc.property(anyText, (text) => assert.equal(unquote(quote(text)), text)))
})

test('a rejection that was recorded without its origin is still read', () => {
  const line =
    '[WS_DIAGNOSTICS] 403 FORBIDDEN: Origin not in allowed list - client_id=c-1, path=/ws, cause=origin, at=2026-11-20T09:04:31.620Z'
  const { clientId, status, reason, origin } = app(parseLine(line))
  assert.deepEqual(
    { clientId, status, reason, origin },
    { clientId: 'c-1', status: 403, reason: 'Origin not in allowed list', origin: undefined },
  )
})

test('a prefix of docker compose, syslog or a logger changes nothing but the time', () => {
  const [, , , , , , , , disconnected] = events
  assert.ok(disconnected)
  const line = formatLine(disconnected)
  const bare = app(parseLine(line))
  for (const prefix of [
    'api-1  | ',
    'api-1  | 2026-11-20T09:04:31.620002Z ',
    '2026-11-20T09:04:31.620002Z stdout F ',
    'Nov 20 09:04:31 host api[312]: ',
    '<134>Nov 20 09:04:31 host api: ',
    '[pod/api-5f/api] ',
    '2026-11-20 09:04:31,620 - routers.websocket - INFO - ',
  ]) {
    assert.deepEqual(app(parseLine(prefix + line)), bare, prefix)
    assert.deepEqual(app(parseLine(`${prefix + line}\r`)), bare, prefix)
  }
})

test('no header can pass for another field or another event', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), hostile, (text, forged) => {
      const user_agent = text + forged
      const record = app(parseLine(formatLine({ ...events[0], user_agent } as DiagnosticEvent)))
      assert.equal(record.event, 'attempt')
      assert.equal(record.clientId, 'client_1')
      assert.equal(record.code, undefined)
    }),
  )
})

test('an access line that quotes one of our lines stays an access line', () => {
  const agent = '[WS_DIAGNOSTICS] client_id=x disconnected - code=1006, close_code=1006'
  const line = `203.0.113.7 - - [20/Nov/2026:09:04:39 +0000] "GET /ws HTTP/1.1" 101 37 "-" "${agent}"`
  assert.equal(parseLine(line)?.kind, 'access')
})

function app(record: ReturnType<typeof parseLine>): AppRecord {
  assert.ok(record?.kind === 'app')
  return record
}
