import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Meaning, Side } from '#lib/words/meaning.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

/** Sentences that no program of the phrasebook prints, in the words that all share. */
const SAID: readonly [text: string, means: Meaning, side: Side | undefined][] = [
  ['[ws] connection rejected: origin https://evil.example is not whitelisted', 'origin-refused', 'server'],
  ['WebSocket connection from disallowed origin https://a.example blocked', 'origin-refused', 'server'],
  ['received a request without an Origin header', 'origin-missing', 'server'],
  ['Rejected: Host header "10.0.0.5" is not allowed', 'host-refused', 'server'],
  ['socket server: client sent an unmasked frame, closing', 'frame', 'server'],
  ['ws: reserved bits must be zero', 'frame', undefined],
  ['ws: unsupported opcode 11 from server', 'frame', 'client'],
  ['fragmented control frame', 'frame', undefined],
  ['continuation frame without a message before it', 'frame', undefined],
  ['text message is not valid UTF-8', 'invalid-utf8', undefined],
  ['failed to inflate websocket message: invalid distance', 'compression', undefined],
  ['websocket: incoming message too large: 1048577 > 1048576', 'too-big', undefined],
  ['Bad Request: no Upgrade header', 'upgrade-missing', 'server'],
  ['this endpoint only accepts WebSocket connections', 'upgrade-missing', 'server'],
  ['handshake error: missing Sec-WebSocket-Key', 'handshake-header', 'server'],
  ['Sec-WebSocket-Accept does not match', 'bad-101', 'client'],
  ['no Sec-WebSocket-Accept in the response', 'bad-answer', 'client'],
  ['websocket handshake: no matching subprotocol', 'subprotocol', undefined],
  ['WebSocket is not supported by this server', 'no-websocket-support', 'server'],
  ['ws: authentication failed for client 10.0.0.9: invalid token', 'unauthorized', 'server'],
  ['Maximum number of websocket connections reached (100)', 'too-many-connections', undefined],
  ['websocket handshake timed out after 10s', 'handshake-timeout', undefined],
  ['client did not answer ping in time, terminating connection', 'ping-timeout', 'server'],
  ["A pong wasn't received from the server before the timeout of 5000ms!", 'ping-timeout', 'client'],
  ['missed heartbeat, closing', 'ping-timeout', undefined],
  ['Closing idle websocket connection after 300s of inactivity', 'idle-timeout', 'server'],
  ['connection reached its maximum age of 1h, closing', 'lifetime', 'server'],
  ['slow client 7: send buffer is full, closing socket', 'not-reading', 'server'],
  ['shutting down, closing 12 websockets', 'shutting-down', 'server'],
  ['proxy: no available backend for /ws', 'no-backend', 'proxy'],
  ['upstream connection timed out', 'backend-timeout', 'proxy'],
  ['could not connect to upstream: connection refused', 'backend-refused', 'proxy'],
  ['received TLS ClientHello on plaintext port 8080', 'tls-garbled', 'server'],
  ['plain HTTP request sent to a TLS port', 'plain-on-tls', 'server'],
  ['WebSocket upgrade was rejected', 'bad-answer', 'client'],
]

describe('a failure in the words that all programs share, and the end that says it', () => {
  for (const [text, means, side] of SAID) {
    it(text, () => {
      const read = readSentence(text)
      assert.deepEqual([read?.said.means, read?.side], [means, side])
    })
  }

  it('reads a status beside words of a handshake', () => {
    assert.deepEqual(readSentence('WebSocket handshake failed with status 403')?.said, {
      means: 'status',
      status: 403,
      unsure: true,
    })
    assert.deepEqual(readSentence('failed to upgrade to websocket: server returned 502')?.said, {
      means: 'status',
      status: 502,
      unsure: true,
    })
  })

  it('takes a program’s own sentence before shared words', () => {
    assert.equal(
      readSentence('websocket: request origin not allowed by Upgrader.CheckOrigin')?.program?.id,
      'gorilla',
    )
  })
})
