import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idleMarks } from '#components/live/heartbeats/idle-marks.ts'
import { timers } from '#lib/playbook/intermediaries/candidates.ts'

const idleTimers = timers.filter(({ kind }) => kind === 'idle' || kind === 'idle-client-only')

test('every mark of the ruler is an idle timer of the playbook, and what is not certain there says so', () => {
  for (const { seconds, who, measured } of idleMarks) {
    const known = idleTimers.filter((timer) => timer.seconds === seconds)
    assert.ok(known.length > 0, `nobody is known to cut at ${seconds} s (${who})`)
    const isCertain = known.some(({ certain }) => certain)
    assert.equal(isCertain, measured !== true, who)
  }
})

test('the marks stand in order, for the ruler looks for the next one', () => {
  const seconds = idleMarks.map((mark) => mark.seconds)
  assert.deepEqual(
    seconds,
    seconds.toSorted((a, b) => a - b),
  )
})
