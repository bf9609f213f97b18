import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lossWords } from '#components/why/loss-words.ts'
import type { Loss } from '#lib/store/connection/connection.ts'

const loss = (lastedMs: number, code = 1006): Loss => ({
  attempt: 1,
  trace: null,
  lastByteAt: 0,
  state: {
    phase: 'closed',
    opened: { openedAt: 0, timeToOpenMs: 3, subprotocol: '', extensions: '' },
    at: lastedMs,
    lastedMs,
    code,
    name: '',
    reason: '',
    wasClean: code !== 1006,
    by: code === 1006 ? 'network' : 'server',
    how: code === 1006 ? 'dropped' : 'close-frame',
  },
})
const words = (...kept: Loss[]) => lossWords({ count: kept.length, kept })

test('equal ages are one age', () => {
  assert.equal(words(loss(7_912), loss(7_890), loss(7_921)), 'dropped 3×, each after 7.9 s')
  assert.equal(words(loss(4_003, 1011), loss(4_010, 1011)), 'closed 1011 2×, each after 4.0 s')
})

test('ages that differ are a span, and one alone is itself', () => {
  assert.equal(words(loss(3_200), loss(61_000)), 'dropped 2×, after 3.2 s to 61 s')
  assert.equal(words(loss(15_020, 1000)), 'closed 1000 once, after 15 s')
})

test('different ends are counted apart', () => {
  assert.equal(
    words(loss(4_000), loss(4_010, 1011), loss(4_020)),
    'ended 3× (dropped 2×, closed 1011 once), each after 4.0 s',
  )
})

test('all are counted, those of which only the number is left too', () => {
  assert.equal(lossWords({ count: 120, kept: [loss(100), loss(101)] }), 'dropped 120×, each after 100 ms')
})

test('nothing lost, nothing said', () => {
  assert.equal(words(), null)
})
