import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createEndsTally, fineBinEnd, fineBinOf } from '#lib/stats/ends-tally.ts'

/** Where the bins become wider. */
const nearBorders = fc
  .tuple(
    fc.constantFrom(10_000, 200_000, 2_000_000, 18_000_000, 180_000_000),
    fc.integer({ min: -700, max: 700 }),
  )
  .map(([border, by]) => border + by * 1000 + (by % 7))
  .filter((ms) => ms >= 0)

test('a fine bin begins at or below its value, and ends above it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 0, max: 3_000_000_000 }), nearBorders), (ms) => {
      const low = fineBinOf(ms)
      assert.ok(low <= ms && ms < fineBinEnd(low))
      assert.equal(fineBinOf(low), low)
    }),
  )
})

test('the clock keeps every end, in at most 120 bins, however long the time', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 40_000_000_000 }), { minLength: 1, maxLength: 80 }),
      (moments) => {
        const tally = createEndsTally()
        for (const atMs of moments) tally.add({ atMs, ageMs: null, silenceMs: null, code: null })
        const { clock, count } = tally.count()
        assert.equal(count, moments.length)
        assert.ok(clock !== null && clock.counts.length <= 120)
        const { fromMs, binMs, counts } = clock
        for (const [index, held] of counts.entries()) {
          const from = fromMs + index * binMs
          assert.equal(held, moments.filter((ms) => ms >= from && ms < from + binMs).length)
        }
      },
    ),
  )
})

test('ends within two seconds are a burst, with the ages of all of them; the usual rate is none', () => {
  const tally = createEndsTally()
  for (let index = 0; index < 100; index++) {
    tally.add({ atMs: index * 10_000, ageMs: 60_000, silenceMs: null, code: 1000 })
  }
  assert.deepEqual(tally.count().bursts, [])
  for (const ageMs of [5, 70_000, null]) tally.add({ atMs: 2_000_000, ageMs, silenceMs: 1, code: 1006 })
  const [burst, ...others] = tally.count().bursts
  assert.deepEqual(burst, { atMs: 2_000_000, count: 3, leastAgeMs: 5, mostAgeMs: 70_000 })
  assert.deepEqual(others, [])
})
