import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { barsOf, placeOf, spanWords, ticksOf } from '#components/events/bars.ts'
import { noWords, readWords, type Words, writeWords } from '#components/events/filter.ts'
import { readAge, readClock, readSilence } from '#components/events/reading.ts'
import { eventKinds } from '#lib/protocol/events.ts'
import { createEndsTally } from '#lib/stats/ends-tally.ts'

test('words of the filter field are read by their names, and paths and codes by their look', () => {
  assert.deepEqual(readWords('kind:rejected,disconnected path:/ws code:1006 cause:origin'), {
    ...noWords,
    kinds: ['rejected', 'disconnected'],
    path: '/ws',
    code: 1006,
    cause: 'origin',
  })
  assert.deepEqual(readWords('/ws/health 1006 heartbeat'), {
    ...noWords,
    kinds: ['heartbeat'],
    path: '/ws/health',
    code: 1006,
  })
  assert.deepEqual(readWords('  no pong within 10 s '), { ...noWords, text: 'no pong within 10 s' })
  assert.deepEqual(readWords('code: trace:a/b path:'), noWords)
})

test('what was read is written so that it reads the same', () => {
  const word = fc.stringMatching(/^[a-z_-]{1,12}$/)
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
  const words: fc.Arbitrary<Words> = fc.record(
    {
      kinds: fc.subarray([...eventKinds]),
      path: optional(word.map((name) => `/${name}`)),
      code: optional(fc.integer({ min: 100, max: 9999 })),
      cause: optional(word),
      client: optional(word),
      instance: optional(word),
      trace: optional(word),
      text: fc.constantFrom(null, 'x!', 'two words!'),
    },
    { noNullPrototype: true },
  )
  fc.assert(fc.property(words, (one) => assert.deepEqual(readWords(writeWords(one)), one)))
})

const endsOf = (silences: readonly number[]) => {
  const tally = createEndsTally()
  for (const [index, silenceMs] of silences.entries()) {
    tally.add({ atMs: index * 60_000, ageMs: silenceMs * 2 + index * 5000, silenceMs, code: 1006 })
  }
  return tally.count()
}

test('bars hold every value once, and each holds exactly what its borders say', () => {
  const silence = fc.array(fc.integer({ min: 0, max: 90_000_000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(silence, (silences) => {
      const bars = barsOf(endsOf(silences).silence)
      for (const { fromMs, toMs, count } of bars) {
        assert.equal(
          count,
          silences.filter((ms) => ms >= fromMs && ms < toMs).length,
          spanWords(fromMs, toMs),
        )
      }
      assert.equal(
        bars.reduce((sum, { count }) => sum + count, 0),
        silences.length,
      )
      assert.ok(bars.length <= 70, `${bars.length} bars`)
      for (const ms of silences) assert.notEqual(placeOf(bars, ms), null)
      assert.ok(ticksOf(bars).length > 0)
    }),
  )
})

test('known timers stand inside of a bar, early and late cuts with them', () => {
  const bars = barsOf(
    endsOf([500, ...[30, 55, 60, 100, 350, 600].flatMap((s) => [s * 997, s * 1003]), 9_000_000]).silence,
  )
  for (const seconds of [60, 100, 350, 600]) {
    const at = (ms: number) => bars.findIndex(({ fromMs, toMs }) => ms >= fromMs && ms < toMs)
    assert.equal(at(seconds * 997), at(seconds * 1003), `${seconds} s`)
  }
})

test('a spike is named by its timer, and values without one are called spread out', () => {
  const spread = Array.from({ length: 20 }, (_, index) => 900 * 1.4 ** index)
  const cut = Array.from({ length: 12 }, (_, index) => 60_000 + index * 10)
  const ends = endsOf([...spread.map(Math.round), ...cut])
  const { says, spike } = readSilence(ends)
  assert.match(says, /^12 at 60\.0 s ± 0\.1, whatever their age: the idle timer of nginx/)
  assert.equal(spike?.count, 12)
  assert.equal(readAge(endsOf([])).spike, null)
  assert.match(readSilence(endsOf(spread.map(Math.round))).says, /^Spread out/)
  assert.match(readSilence(endsOf([320, 9000])).says, /^Fewer than 3 connections/)
})

test('a burst is what ended at one moment at different ages', () => {
  const tally = createEndsTally()
  for (let index = 0; index < 30; index++) {
    tally.add({ atMs: index * 600_000, ageMs: 1000 * index, silenceMs: null, code: 1000 })
    if (index === 10) {
      for (const ageMs of [10_000, 80_000, 500_000, 900_000]) {
        tally.add({ atMs: index * 600_000 + 500, ageMs, silenceMs: null, code: 1006 })
      }
    }
  }
  const { says, burst } = readClock(tally.count(), (ms) => `${ms}`)
  assert.equal(burst?.count, 5)
  assert.match(says, /^One burst at 6000000, 5 at once/)
})
