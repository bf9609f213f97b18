import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idleMarks, readRuler } from '#components/idle/idle-marks.ts'
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

test('the ruler names whose limit a silence has outlived and whose comes next', () => {
  const { passed, next } = readRuler(61_000)
  assert.equal(passed?.seconds, 60)
  assert.match(passed?.who ?? '', /nginx/)
  assert.ok((next?.seconds ?? 0) > 61)
  assert.equal(readRuler(0).passed, undefined)
  assert.equal(readRuler(Number.POSITIVE_INFINITY).next, undefined)
})

test('the ruler has one mark per time, in order, for it looks for the next one', () => {
  const seconds = idleMarks.map((mark) => mark.seconds)
  assert.deepEqual(
    seconds,
    [...new Set(seconds)].sort((a, b) => a - b),
  )
})
