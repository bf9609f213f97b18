import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Lifetime, pictureOf } from '#lib/logs/lifetimes.ts'
import { separate } from '#lib/logs/separate.ts'

const times = (count: number) => Array.from({ length: count }, (_, index) => index)
const parts = (lifetimes: readonly Lifetime[]) =>
  separate(lifetimes, pictureOf(lifetimes)).map((places) => places.length)

/** Cut by a timer at 60 s, at any time of the day. */
const timed = times(12).map((index) => ({ ageMs: 60_000 + index * 3, closedMs: 1e9 + index * 97_000 }))
/** Cut together, however old. */
const reloaded = times(9).map((index) => ({
  ageMs: 95_000 + index * 211_000,
  closedMs: 5e9 + (index % 3) * 200,
}))
/** Left when they liked. */
const left = times(7).map((index) => ({
  ageMs: 5000 + index * index * 41_000,
  closedMs: 2e9 + index * 733_000,
}))

test('what a timer cut and what a reload cut are two troubles', () => {
  assert.deepEqual(parts([...timed, ...reloaded]), [12, 9])
  assert.deepEqual(parts([...reloaded, ...reloaded, ...timed]), [12, 18])
})

test('what has one pattern stays together, with those that fit it less', () => {
  assert.deepEqual(parts(timed), [12])
  assert.deepEqual(parts(reloaded), [9])
  assert.deepEqual(parts([...timed, ...left]), [19])
  assert.deepEqual(parts(left), [7])
  assert.deepEqual(parts([]), [0])
})
