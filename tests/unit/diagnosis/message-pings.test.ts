/** Pings that are messages: who leaves one unanswered is ended for that, and for no timer. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { isPing, pongFor } from '#lib/protocol/text-pings.ts'

const dropped = (lastMessage: string, sentMs?: number): Evidence => ({
  target: { url: 'ws://app.test/ws' },
  probe: {
    origin: null,
    tcp: { outcome: 'connected', ms: 1 },
    http: { status: 101, ms: 5 },
    checks: { upgrade: true, connection: true, accept: true },
    frames: [{ ms: 30_005, opcode: 1, length: lastMessage.length }],
    ...(sentMs !== undefined && { sent: [{ ms: sentMs, opcode: 1 }] }),
    last_messages: [{ ms: 30_005, opcode: 1, text_start: lastMessage }],
    end: { kind: 'fin', ms: 35_010 },
  },
})
const first = (evidence: Evidence) => diagnose(evidence).verdicts[0]?.cause

test('a ping that nobody answered is why it ended', () => {
  assert.equal(first(dropped('PING')), 'pong-timeout')
  assert.equal(first(dropped('{"event":"ping","at":1}')), 'pong-timeout')
})

test('one that was answered is not, and no more is a message that merely names one', () => {
  assert.notEqual(first(dropped('PING', 30_006)), 'pong-timeout')
  assert.notEqual(first(dropped('{"text":"ping me"}')), 'pong-timeout')
})

test('each ping has its answer, and none is made up', () => {
  assert.equal(pongFor('"primus::ping::17"'), '"primus::pong::17"')
  assert.equal(pongFor('ping'), 'pong')
  assert.equal(pongFor('pinging'), undefined)
  assert.equal(isPing('{"op":"heartbeat"}'), true)
  assert.equal(isPing('{"type":"pingpong"}'), false)
})
