import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idleMarks } from '#components/live/heartbeats/idle-marks.ts'
import { idleRuler } from '#lib/playbook/idle-ruler.ts'

test('every mark of the ruler is an idle timer of the playbook, and what is not certain there says so', () => {
  for (const { seconds, who, measured } of idleMarks) {
    const known = idleRuler.find((mark) => mark.seconds === seconds)
    assert.ok(known, `nobody is known to cut at ${seconds} s (${who})`)
    assert.equal(known.isCertain, measured !== true, who)
  }
})

test('the marks stand in order, for the ruler looks for the next one', () => {
  const seconds = idleMarks.map((mark) => mark.seconds)
  assert.deepEqual(
    seconds,
    seconds.toSorted((a, b) => a - b),
  )
})
