/** Changes of state are told at once, and never in a flood. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createNotices, type Notice } from '#server/watch/notices.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Time stands still for this test alone: others share the process. */
function told(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const all: Notice<string>[] = []
  const notices = createNotices<string>(
    (notice) => all.push(notice),
    { leastMs: MINUTE, mostMs: HOUR },
    Date.now,
  )
  return { all, notices }
}

test('the first opening is no change; the first loss is told at once', (t) => {
  const { all, notices } = told(t)
  notices.changed('up', 'opened')
  assert.deepEqual(all, [])
  notices.changed('down', 'lost')
  assert.deepEqual(all, [{ state: 'down', losses: 1, facts: 'lost' }])
})

test('what comes back within a minute is told at its end, once, with what happened meanwhile', (t) => {
  const { all, notices } = told(t)
  notices.changed('down', 'first')
  for (const name of ['second', 'third']) {
    notices.changed('up', name)
    notices.changed('down', name)
  }
  notices.changed('up', 'back')
  assert.equal(all.length, 1)
  t.mock.timers.tick(MINUTE)
  assert.deepEqual(all.slice(1), [{ state: 'up', losses: 2, facts: 'back' }])
})

test('one that drops every half minute for a day is told of 30 times at most, one that drops once a day each time', (t) => {
  const { all, notices } = told(t)
  for (let at = 0; at < 24 * HOUR; at += MINUTE / 2) {
    notices.changed('down', 'lost')
    notices.changed('up', 'opened')
    t.mock.timers.tick(MINUTE / 2)
  }
  assert.ok(all.length <= 30 && all.length >= 24, `${all.length}`)
  assert.ok(all.reduce((sum, { losses }) => sum + losses, 0) > 2700)
  for (let hour = 0; hour < 24; hour += 1) t.mock.timers.tick(HOUR)
  const before = all.length
  notices.changed('down', 'a day later')
  assert.equal(all.length, before + 1)
})

test('after its end nothing is told', (t) => {
  const { all, notices } = told(t)
  notices.changed('down', 'lost')
  notices.changed('up', 'opened')
  notices.stop()
  notices.changed('down', 'lost')
  t.mock.timers.tick(HOUR)
  assert.equal(all.length, 1)
})
