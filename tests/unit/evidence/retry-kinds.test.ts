import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomeOfRetry } from '#lib/evidence/probe-outcome.ts'
import { questionOf, resultWords, type Vary, variationWords } from '#lib/evidence/retry-kinds.ts'
import type { RetryEvidence } from '#lib/evidence/schema.ts'

const isTarget = (url: string) => new URL(url).host === 'app.example'
const asks = (vary: Vary) => questionOf(vary, isTarget)

test('a retry answers the question of the one thing that it changes', () => {
  assert.equal(asks({ origin: null }), 'origin')
  assert.equal(asks({ heartbeat_seconds: 20 }), 'heartbeat')
  assert.equal(asks({ path: '/ws/' }), 'path')
  assert.equal(asks({ url: 'ws://app.example/ws/' }), 'path')
  assert.equal(asks({ url: 'ws://10.0.0.7:8080/ws' }), 'direct')
})

test('none that changes two things, or nothing that is known, settles anything', () => {
  assert.equal(asks({ origin: null, subprotocols: [] }), undefined)
  assert.equal(asks({ origin: null, weekday: 'Monday' }), undefined)
  assert.equal(asks({ weekday: 'Monday' }), undefined)
  assert.equal(asks({}), undefined)
})

test('words say what was changed', () => {
  const words = ([{ origin: null }, { subprotocols: ['mqtt'] }, { verify: false }, {}] as Vary[]).map(
    variationWords,
  )
  assert.deepEqual(words, [
    'without an Origin',
    'asking for mqtt',
    'ignoring the certificate error',
    'with another variation',
  ])
})

test('words say what came of it: a cut connection is not an opened one', () => {
  const words = (retry: Partial<RetryEvidence>) => resultWords(outcomeOfRetry({ vary: {}, ...retry }))
  assert.equal(words({ status: 101, end: { kind: 'open' } }), '101')
  assert.equal(words({ status: 101, end: { kind: 'fin' } }), '101, dropped')
  assert.equal(words({ status: 101, end: { kind: 'close_frame', code: 1008 } }), '101, closed with 1008')
  assert.equal(words({ status: 403 }), '403')
  assert.equal(words({ refused: 'not allowed' }), 'not run')
})
