import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowTopPx, seenRows, totalPx } from '#components/ui/log-window.ts'

const closed = { count: 20_000, rowPx: 22, openIndex: -1, openPx: 0 }
const opened = { ...closed, openIndex: 10, openPx: 200 }

test('of 20,000 rows those in the window are seen', () => {
  assert.deepEqual(seenRows(closed, 22 * 100, 220, 0), { from: 100, to: 111 })
  assert.deepEqual(seenRows(closed, 22 * 19_990, 220, 8), { from: 19_982, to: 20_000 })
})

test('an opened row moves those below it, and none above', () => {
  assert.equal(rowTopPx(opened, 10), 220)
  assert.equal(rowTopPx(opened, 11), 11 * 22 + 200)
  assert.equal(totalPx(opened), totalPx(closed) + 200)
})

test('while its detail fills the window, the opened row is the one that is seen', () => {
  assert.deepEqual(seenRows(opened, 11 * 22 + 50, 100, 0), { from: 10, to: 11 })
})
