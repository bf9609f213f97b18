/** Refusals that only their form tells apart; the servers themselves are in tests/parity/applications. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Evidence, HeaderList } from '#lib/evidence/schema.ts'

const refused = (url: string, body: string, headers: HeaderList, more: Evidence = {}): Evidence => ({
  target: { url, page_origin: 'http://app.test', ...more.target },
  probe: {
    origin: 'http://app.test',
    tcp: { outcome: 'connected', ms: 1 },
    http: { status: 400, ms: 4, headers, body_start: body },
    end: { kind: 'http_response', ms: 4 },
  },
  ...(more.retries && { retries: more.retries }),
})
const first = (evidence: Evidence) => {
  const { outcome, verdicts } = diagnose(evidence)
  return `${outcome} ${verdicts[0]?.cause} ${verdicts[0]?.certainty}`
}
const OF_WS: HeaderList = [
  ['Connection', 'close'],
  ['Content-Type', 'text/html'],
  ['Content-Length', '11'],
]
const OF_ENGINE: HeaderList = [
  ['Connection', 'close'],
  ['Content-type', 'text/html'],
  ['Content-Length', '6'],
]
const SOCKET_IO = 'ws://app.test/socket.io/?EIO=4&transport=websocket'

test('a bare 400 of ws is about the path, also behind a proxy that adds headers', () => {
  assert.equal(first(refused('ws://app.test/live', 'Bad Request', OF_WS)), 'fault path-not-found likely')
  const proxied: HeaderList = [['Server', 'nginx'], ...OF_WS]
  assert.equal(first(refused('ws://app.test/live', 'Bad Request', proxied)), 'fault path-not-found likely')
})

test('the same words of others are not', () => {
  const plain: HeaderList = [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', '11'],
  ]
  assert.match(first(refused('ws://app.test/live', 'Bad Request', plain)), /^undetermined/)
  assert.match(first(refused('ws://app.test/live', 'Bad Request: no room', OF_WS)), /^undetermined/)
})

test('in Vite it is the host, where who sends no Origin is refused as well', () => {
  const target = { subprotocols: ['vite-hmr'] }
  const retries = [{ vary: { origin: null }, status: 400 }]
  assert.equal(
    first(refused('ws://app.test/', 'Bad Request', OF_WS, { target, retries })),
    'fault origin-rejected likely',
  )
  assert.match(first(refused('ws://app.test/', 'Bad Request', OF_WS, { target })), /^undetermined/)
})

test('what Engine.IO refuses in words that are not its own is the application’s', () => {
  assert.equal(first(refused(SOCKET_IO, 'banned', OF_ENGINE)), 'fault forbidden likely')
  assert.equal(first(refused(SOCKET_IO, '', OF_ENGINE)), 'fault forbidden likely')
  assert.equal(first(refused(SOCKET_IO, 'token expired', OF_ENGINE)), 'fault authentication-required likely')
  assert.doesNotMatch(first(refused(SOCKET_IO, 'Session ID unknown', OF_ENGINE)), /forbidden/)
  assert.match(first(refused(SOCKET_IO, '<html>no</html>', OF_ENGINE)), /^undetermined/)
})

test('two hang-ups of a second are Engine.IO’s timer, one is anybody’s', () => {
  const hungUp = (ms: number, ...again: number[]): Evidence => ({
    target: { url: 'ws://app.test/ws' },
    probe: { origin: null, tcp: { outcome: 'connected', ms: 1 }, end: { kind: 'fin', ms } },
    retries: again.map((each) => ({
      vary: { origin: 'http://app.test' },
      end: { kind: 'fin', ms: each },
    })),
  })
  assert.equal(first(hungUp(1002, 1004)), 'fault path-not-found likely')
  assert.equal(first(hungUp(1002, 20)), 'fault handshake-closed likely')
  assert.equal(first(hungUp(1002)), 'fault handshake-closed likely')
})
