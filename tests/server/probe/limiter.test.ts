import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createProbeLimiter } from '#server/probe/limiter.ts'

test('admits eight at a time for each client, and the next once one has ended', () => {
  const limiter = createProbeLimiter(() => 0)
  const admissions = Array.from({ length: 9 }, () => limiter.admit('a'))
  assert.deepEqual(
    admissions.map(({ admitted }) => admitted),
    [...Array(8).fill(true), false],
  )
  assert.equal(limiter.admit('b').admitted, true)
  const [first] = admissions
  if (first?.admitted) {
    first.release()
    first.release()
  }
  assert.equal(limiter.admit('a').admitted, true)
  assert.equal(limiter.admit('a').admitted, false, 'released twice counts once')
})

test('admits thirty within any minute, and says when to come back', () => {
  let now = 0
  const limiter = createProbeLimiter(() => now)
  for (let at = 0; at < 30; at += 1) {
    now = at * 1000
    const admission = limiter.admit('a')
    assert.ok(admission.admitted)
    admission.release()
  }
  const refused = limiter.admit('a')
  assert.deepEqual(refused, { admitted: false, because: 'too-many-a-minute', retryAfterSeconds: 31 })
  now = 60_001
  assert.equal(limiter.admit('a').admitted, true)
})

test('what was withdrawn counts neither at a time nor a minute', () => {
  const limiter = createProbeLimiter(() => 0)
  for (let at = 0; at < 31; at += 1) {
    const admission = limiter.admit('a')
    assert.ok(admission.admitted)
    admission.withdraw()
  }
  assert.equal(limiter.admit('a').admitted, true)
})

test('remembers a bounded number of clients, and none that is under way is forgotten', () => {
  const limiter = createProbeLimiter(() => 0, { atOnce: 1, aMinute: 30, clients: 2 })
  limiter.admit('busy')
  for (const client of ['a', 'b', 'c']) {
    const admission = limiter.admit(client)
    if (admission.admitted) admission.release()
  }
  assert.equal(limiter.admit('busy').admitted, false)
})
