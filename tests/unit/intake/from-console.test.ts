import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { evidenceFromConsole } from '#lib/intake/from-console.ts'

const verdictOf = (text: string) => diagnose(evidenceFromConsole(text).evidence).verdicts[0]?.cause

test('takes Chrome’s message out of its source and its stack', () => {
  const reading = evidenceFromConsole(
    [
      "app.js:12 WebSocket connection to 'wss://app.example/ws' failed: Error in connection establishment: net::ERR_CONNECTION_REFUSED",
      'connect @ app.js:12',
      '(anonymous) @ app.js:40',
      'GET https://app.example/favicon.ico 404 (Not Found)',
    ].join('\n'),
  )
  assert.deepEqual(reading.evidence.browser?.console, [
    "WebSocket connection to 'wss://app.example/ws' failed: Error in connection establishment: net::ERR_CONNECTION_REFUSED",
  ])
  assert.equal(reading.evidence.target?.url, 'wss://app.example/ws')
  assert.deepEqual([reading.messages, reading.ignored], [1, 3])
})

test('Chrome’s texts lead to their causes', () => {
  const failed = (detail: string) =>
    verdictOf(`WebSocket connection to 'wss://app.example/ws' failed: ${detail}`)
  assert.equal(failed('Error in connection establishment: net::ERR_CONNECTION_REFUSED'), 'connection-refused')
  assert.equal(failed('Error in connection establishment: net::ERR_NAME_NOT_RESOLVED'), 'dns-failure')
  assert.equal(failed('Error in connection establishment: net::ERR_CERT_DATE_INVALID'), 'tls-expired')
  assert.equal(failed('Error during WebSocket handshake: Unexpected response code: 404'), 'path-not-found')
  assert.equal(failed('A server must not mask any frames that it sends to the client.'), 'protocol-error')
})

test('mixed content names the page as well', () => {
  const { evidence } = evidenceFromConsole(
    "Mixed Content: The page at 'https://app.example/chat' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint 'ws://app.example/ws'. This request has been blocked; this endpoint must be available over WSS.",
  )
  assert.deepEqual(evidence.target, { url: 'ws://app.example/ws', page_origin: 'https://app.example' })
  assert.equal(diagnose(evidence).verdicts[0]?.cause, 'mixed-content')
})

test('Firefox says that it never opened, and no more', () => {
  const { evidence } = evidenceFromConsole(
    'Firefox can’t establish a connection to the server at wss://app.example/ws. app.js:12:9',
  )
  assert.equal(evidence.target?.url, 'wss://app.example/ws')
  assert.deepEqual(
    evidence.browser?.events?.map(({ type }) => type),
    ['error', 'close'],
  )
  assert.equal(diagnose(evidence).outcome, 'undetermined')
})

test('a dumped CloseEvent gives code, reason and whether it was clean', () => {
  const { evidence } = evidenceFromConsole(
    'CloseEvent {isTrusted: true, wasClean: true, code: 1011, reason: "unexpected condition", type: "close"}',
  )
  assert.deepEqual(evidence.browser?.events?.[1], {
    ms: 0,
    type: 'close',
    code: 1011,
    reason: 'unexpected condition',
    was_clean: true,
  })
  assert.equal(diagnose(evidence).verdicts[0]?.cause, 'internal-error')
})

test('other messages of the page are no evidence', () => {
  const { evidence, messages } = evidenceFromConsole('Uncaught TypeError: x is undefined\n    at main.js:3:4')
  assert.equal(messages, 0)
  assert.deepEqual(evidence.browser?.console, [])
})

test('any text is read without a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 400 }), (text) => {
      const { messages, ignored } = evidenceFromConsole(`WebSocket ${text}`)
      assert.ok(messages >= 0 && ignored >= 0)
    }),
  )
})
