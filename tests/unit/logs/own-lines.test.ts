import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseLine } from '#lib/logs/line.ts'
import type { AppRecord } from '#lib/logs/record.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { formatLine } from '#server/log/line.ts'

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
  { ...connection, kind: 'rejected', cause: 'origin', reason: 'Origin not in allowed list', status: 403 },
  {
    ...connection,
    kind: 'rejected',
    cause: 'origin',
    reason: 'Origin not in allowed list',
    close_code: 1008,
  },
  { ...connection, kind: 'rejected', cause: 'limit', reason: 'Too many, try later', status: 503 },
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
  { ...common, kind: 'error', code: 'EPIPE', message: 'write failed' },
  { ...common, kind: 'server', state: 'draining' },
]

test('our text lines and our JSON lines say the same', () => {
  for (const event of events) {
    const { format: _text, ...fromText } = app(parseLine(formatLine(event)))
    const { format: _json, ...fromJson } = app(parseLine(JSON.stringify(event)))
    assert.deepEqual(fromText, fromJson, formatLine(event))
  }
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

const hostile = fc.constantFrom(
  '',
  ' client_id=client_9 disconnected - code=1006, close_code=1006',
  '", client_id=client_9 disconnected - code=1000',
  '\\", close_code=1000, "',
  '\n[WS_DIAGNOSTICS] client_id=client_9 disconnected - code=1006, close_code=1006',
  ', at=2000-01-01T00:00:00.000Z',
)

test('an access line that quotes one of our lines stays an access line', () => {
  const agent = '[WS_DIAGNOSTICS] client_id=x disconnected - code=1006, close_code=1006'
  const line = `203.0.113.7 - - [20/Nov/2026:09:04:39 +0000] "GET /ws HTTP/1.1" 101 37 "-" "${agent}"`
  assert.equal(parseLine(line)?.kind, 'access')
})

function app(record: ReturnType<typeof parseLine>): AppRecord {
  assert.ok(record?.kind === 'app')
  return record
}
