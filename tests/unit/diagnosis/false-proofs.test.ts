/** What looks like proof and is not: lines, requests and events of other connections, and of other moments. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'

const target = { url: 'wss://app.example/ws', page_origin: 'https://app.example' }
const failed = [
  { ms: 20, type: 'error' },
  { ms: 20, type: 'close', code: 1006, reason: '', was_clean: false },
]
const droppedAfter = (ms: number) => [
  { ms: 20, type: 'open' },
  { ms: 20 + ms, type: 'close', code: 1006, reason: '', was_clean: false },
]
const refusedWith = (status: number) => ({
  events: failed,
  console: [
    `WebSocket connection to 'wss://app.example/ws' failed: Error during WebSocket handshake: Unexpected response code: ${status}`,
  ],
})
const headers = [
  ['Host', 'app.example'],
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
  ['Origin', 'https://app.example'],
  ['Sec-WebSocket-Key', 'x'],
]
const request = { ms: 0, type: 'request', http_version: '1.1', method: 'GET', path: '/ws', headers }
const upgraded = [request, { ms: 2, type: 'upgraded' }]
const haproxy = (flags: string, ageMs: number) => ({
  kind: 'haproxy',
  access_log: [
    `203.0.113.9:47760 [22/Nov/2026:21:40:47.908] fe bk/s1 0/0/0/4/${ageMs} 101 132 - - ${flags} 4/4/3/3/0 0/0 "GET /ws HTTP/1.1"`,
  ],
  error_log: [],
})
const judge = (evidence: object) => diagnose(parseEvidence({ target, ...evidence } as Evidence))

const NOT_PROVEN: Record<string, object> = {
  'HAProxy’s line of a tunnel that was longer': {
    browser: { events: droppedAfter(12_000), console: [] },
    proxy: haproxy('cD--', 30_005),
  },
  'HAProxy’s line of a session killed earlier': {
    browser: { events: droppedAfter(12_000), console: [] },
    proxy: haproxy('K---', 900),
  },
  'a process that ended while the connection lived on': {
    browser: { events: droppedAfter(60_000), console: [] },
    server: [...upgraded, { ms: 3000, type: 'process_exit', exit_code: 0 }],
  },
  'a missed pong that the server forgave': {
    browser: { events: droppedAfter(60_000), console: [] },
    server: [...upgraded, { ms: 3000, type: 'pong_missed' }],
  },
  'a plain request for another path, recorded beside the handshake': {
    browser: refusedWith(426),
    server: [
      { ms: 0, type: 'request', http_version: '1.1', path: '/health', headers: [['Host', 'app.example']] },
      { ms: 1, type: 'response', status: 200 },
    ],
  },
  'the probe’s own request without an Origin': {
    browser: refusedWith(403),
    probe: { origin: null, http: { status: 403, headers: [] }, end: { kind: 'http_response', ms: 5 } },
    server: [
      { ...request, headers: headers.filter(([name]) => name !== 'Origin') },
      { ms: 1, type: 'response', status: 403 },
    ],
  },
  'a 401 that asks for no credentials': {
    probe: { http: { status: 401, headers: [] }, end: { kind: 'http_response', ms: 5 } },
  },
  'an alert that names no reason': {
    probe: { tls: { outcome: 'error', code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE' } },
  },
  'a scanner’s plain request in the error log': {
    target: { url: 'ws://app.example/ws', page_origin: 'http://app.example' },
    probe: {
      http: { status: 400, headers: [], body_start: 'missing token' },
      end: { kind: 'http_response', ms: 5 },
    },
    proxy: {
      kind: 'nginx',
      error_log: [
        '2026/11/22 20:21:51 [info] 1#1: *1 client sent plain HTTP request to HTTPS port while reading client request headers, client: 192.0.2.1, server: app.example',
      ],
    },
  },
}

describe('proves nothing by', () => {
  for (const [what, evidence] of Object.entries(NOT_PROVEN)) {
    it(what, () => {
      const report = judge(evidence)
      assert.notEqual(report.outcome, 'healthy')
      assert.deepEqual(
        report.verdicts.filter(({ certainty }) => certainty === 'proven').map(({ cause }) => cause),
        [],
      )
    })
  }
})

it('a policy that blocked another socket of the host did not block the one that opened', () => {
  const events = [
    { ms: 1, type: 'csp_violation', blocked_uri: 'wss://app.example/other', disposition: 'enforce' },
    { ms: 20, type: 'open' },
    { ms: 5000, type: 'still_open', ready_state: 1 },
  ]
  assert.equal(judge({ browser: { events, console: [] } }).outcome, 'healthy')
})

it('a code that no page may send is the peer’s, even after the page called close()', () => {
  const events = [
    { ms: 20, type: 'open' },
    { ms: 500, type: 'close_called' },
    { ms: 520, type: 'close', code: 1011, reason: 'boom', was_clean: true },
  ]
  assert.equal(judge({ browser: { events } }).verdicts[0]?.cause, 'internal-error')
})

it('a probe that sends no Origin and is let in does not make a page healthy that is refused', () => {
  const report = judge({
    probe: {
      origin: null,
      http: { status: 101, headers: [], ms: 5 },
      checks: { accept: true, upgrade: true, connection: true, subprotocol: null, extensions: null },
      frames: [],
      end: { kind: 'open', ms: 5000 },
    },
    retries: [{ vary: { origin: 'https://app.example' }, status: 403 }],
  })
  assert.equal(report.outcome, 'fault')
  assert.equal(report.verdicts[0]?.cause, 'origin-rejected')
})

it('a server’s log of its start is no request that arrived', () => {
  const report = judge({
    browser: refusedWith(502),
    server: [{ ms: 0, type: 'log', text: 'Listening on :8080' }],
  })
  assert.ok(report.verdicts.some(({ cause }) => cause === 'backend-unreachable'))
})
