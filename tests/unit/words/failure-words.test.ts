import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { failureWordsOf } from '#lib/words/failure-words.ts'
import type { Meaning } from '#lib/words/meaning.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

/** Words of programs that nobody here knows. */
const TOLD: readonly [line: string, means: Meaning, status?: number][] = [
  ['gateway: handshake rejected, origin https://a.example is not in the whitelist', 'origin-refused'],
  ['ws-acl: refusing client 17: unknown Origin', 'origin-refused'],
  ['upgrade denied because the request has no Origin header: missing origin', 'origin-missing'],
  ['my-bus: subprotocol bus.v2 is not supported by this websocket', 'subprotocol'],
  ['Failed to negotiate a common websocket subprotocol', 'subprotocol'],
  ['payload of 70000 bytes exceeds the maximum frame size', 'too-big'],
  ['message too large (1048577), closing', 'too-big'],
  ['permessage-deflate: could not inflate, invalid block type', 'compression'],
  ['text frame holds invalid UTF-8', 'invalid-utf8'],
  ['unexpected opcode 0xb', 'frame'],
  ['reserved bits of the frame must be 0', 'frame'],
  ['no pong from 10.0.0.7', 'ping-timeout'],
  ["didn't get a heartbeat ack, the link is dead", 'ping-timeout'],
  ['heartbeat 12 was not acknowledged in time', 'ping-timeout'],
  [
    'com.example.codec.ws.DialException: web socket attempt was answered with HTTP status code 200',
    'status',
    200,
  ],
  ['heartbeat of session 4 was not answered in 20 s', 'ping-timeout'],
  ['socket closed due to client inactivity', 'idle-timeout'],
  ['timed out waiting for the auth message', 'first-message-missing'],
  ['too many open connections from 10.0.0.7', 'too-many-connections'],
  ['websocket rate limit exceeded', 'rate-limited'],
  ['unknown session id 8f3a', 'session-unknown'],
  ['request has no valid upgrade header', 'upgrade-missing'],
  ['not a websocket request', 'upgrade-missing'],
  ['unsupported websocket version: 8', 'handshake-header'],
  ['websocket upgrade refused: token expired', 'unauthorized'],
  ['ws client: not authorized', 'unauthorized'],
  ['handshake: access denied', 'forbidden'],
  ['invalid Sec-WebSocket-Accept in the response', 'bad-101'],
  ['websocket endpoint /chat not found', 'no-route'],
  ['opening handshake timed out', 'handshake-timeout'],
  ['the peer did not accept: websocket handshake unsuccessful', 'bad-answer'],
  ['WS: expected 101, got 502', 'status', 502],
  ['could not upgrade, server responded with 403', 'status', 403],
  ['websocket handshake failed (status=401)', 'status', 401],
  ['MyLib.WebSocketUpgradeError: HTTP/1.1 400', 'status', 400],
]

/** About something else, or about no failure. */
const NOT_TOLD: readonly string[] = [
  'max message size: 1048576',
  'websocket idle timeout is set to 60 s',
  'redis: connection refused, not authorized',
  'user 7 entered a bad password',
  'file too large',
  'origin https://a.example is allowed',
  'ping 10.0.0.7: 64 bytes, time=502 ms',
  'the upgrade of the database failed',
  'npm error 403 Forbidden',
  'compressed 12 files without loss',
]

describe('failures in the words of unknown programs', () => {
  for (const [line, means, status] of TOLD) {
    it(line, () => {
      const said = failureWordsOf(line)?.said
      assert.equal(said?.means, means)
      assert.equal(said?.status, status)
      assert.ok(readSentence(line), 'the phrasebook asks them')
    })
  }
  for (const line of NOT_TOLD)
    it(`says nothing of: ${line}`, () => assert.equal(failureWordsOf(line), undefined))

  it('prove nothing by themselves', () => {
    for (const [line] of TOLD) {
      for (const evidence of [
        { client: { lines: [{ text: line }] } },
        { server: [{ type: 'log', text: line }] },
      ]) {
        const { verdicts } = diagnose(evidence)
        if (readSentence(line)?.phrase !== undefined) continue
        assert.ok(
          verdicts.every(({ certainty }) => certainty !== 'proven'),
          line,
        )
      }
    }
  })
})
