import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clusterOf, type Moment } from '#lib/logs/clusters.ts'
import { type Lifetime, momentsOf, pictureOf } from '#lib/logs/lifetimes.ts'
import { timed } from '#tests/unit/processor-time.ts'

const minute = 60_000
/** Thirty connections, opened at uneven times. */
const crowd = (make: (index: number, openedMs: number) => Lifetime): Lifetime[] =>
  Array.from({ length: 30 }, (_, index) => make(index, (index * index * 7919) % (40 * minute)))
/** Uneven, and the same at every run. */
const uneven = (index: number, range: number) => (index * 2_654_435_761) % range

test('same silence and different ages: an idle timer', () => {
  const { pattern } = pictureOf(
    crowd((index, openedMs) => {
      const lastByteMs = openedMs + uneven(index, 5 * minute)
      return { openedMs, lastByteMs, closedMs: lastByteMs + minute + (index % 3) * 20 }
    }),
  )
  assert.equal(pattern.kind, 'idle')
  assert.ok(
    pattern.kind === 'idle' && pattern.or === undefined && Math.abs(pattern.cluster.valueMs - minute) < 50,
  )
})

test('same age and different silences: a lifetime', () => {
  const { pattern } = pictureOf(
    crowd((index, openedMs) => {
      const closedMs = openedMs + 5 * minute + index
      return { openedMs, closedMs, lastByteMs: closedMs - uneven(index, 4 * minute) }
    }),
  )
  assert.ok(pattern.kind === 'lifetime' && pattern.or === undefined)
})

test('same age and nothing known of silence: both readings are named', () => {
  const { pattern } = pictureOf(crowd((_, openedMs) => ({ openedMs, closedMs: openedMs + minute })))
  assert.ok(pattern.kind === 'idle' && pattern.or === 'lifetime')
})

test('same age and different amounts of traffic, and some lived longer: no limit of age for certain', () => {
  const { pattern } = pictureOf(
    crowd((index) => ({
      ageMs: index % 6 === 0 ? minute * 1.3 : minute,
      bytes: 500 + uneven(index, 20_000),
    })),
  )
  assert.ok(pattern.kind === 'idle' && pattern.or === 'lifetime')
})

test('same age and different amounts of traffic: a lifetime', () => {
  const { pattern } = pictureOf(crowd((index) => ({ ageMs: minute, bytes: 500 + uneven(index, 20_000) })))
  assert.equal(pattern.kind, 'lifetime')
})

test('same moment and different ages: a reload', () => {
  const { pattern } = pictureOf(
    crowd((index, openedMs) => ({ openedMs, closedMs: 60 * minute + index * 20 })),
  )
  assert.ok(pattern.kind === 'reload' && pattern.count === 30 && pattern.moments.length === 1)
})

test('opened together and idle together is no reload', () => {
  const { pattern } = pictureOf(crowd((index) => ({ openedMs: index, closedMs: minute + index })))
  assert.equal(pattern.kind, 'idle')
})

test('uneven ages at uneven times: no pattern', () => {
  const { pattern, moments } = pictureOf(
    crowd((index, openedMs) => ({ openedMs, closedMs: openedMs + 5000 + uneven(index, 5 * minute) })),
  )
  assert.deepEqual([pattern.kind, moments], ['none', []])
})

test('too few connections, too short times and empty lists are no pattern', () => {
  assert.equal(clusterOf([minute, minute]), undefined)
  assert.equal(clusterOf([300, 310, 320, 330]), undefined)
  assert.deepEqual(pictureOf([]).pattern, { kind: 'none' })
  assert.deepEqual(momentsOf([{ closedMs: 1 }, { closedMs: 2 }]), [])
})

test('busy minutes are not taken for moments', () => {
  const steady = Array.from({ length: 600 }, (_, index) => ({
    openedMs: index * 100 - uneven(index, 30 * minute),
    closedMs: index * 100,
  }))
  assert.deepEqual(momentsOf(steady), [])
})

test('twenty thousand that were opened and dropped together, as by one restart, are looked at once each', () => {
  const together = Array.from({ length: 50_000 }, (_, index) => ({
    openedMs: 1000 + (index % 7),
    closedMs: minute + (index % 1000),
  }))
  const { result, tookMs } = timed(() => pictureOf(together))
  assert.deepEqual(result.moments, [])
  assert.ok(tookMs < 2000, `${tookMs} ms`)
})

test('moments are those that looking at each window anew would find', () => {
  const lifetime = fc.record(
    { openedMs: fc.integer({ min: 0, max: 12_000 }), closedMs: fc.integer({ min: 0, max: 12_000 }) },
    { requiredKeys: ['closedMs'] },
  )
  fc.assert(
    fc.property(fc.array(lifetime, { maxLength: 40 }), (lifetimes) => {
      assert.deepEqual(momentsOf(lifetimes), momentsByWindows(lifetimes))
    }),
  )
})

/** The plain way: every window cut out, its ages sorted. */
function momentsByWindows(lifetimes: readonly { openedMs?: number; closedMs: number }[]): Moment[] {
  const ends = lifetimes
    .map(({ openedMs, closedMs }) => {
      return { at: closedMs, age: openedMs === undefined ? undefined : Math.max(0, closedMs - openedMs) }
    })
    .sort((a, b) => a.at - b.at)
  if (ends.length < 3) return []
  const span = (ends.at(-1)?.at ?? 0) - (ends[0]?.at ?? 0)
  const fewest = Math.max(3, span <= 2000 ? 0 : (ends.length * 2000 * 3) / span)
  const found: Moment[] = []
  for (let from = 0; from < ends.length; ) {
    const within = ends.slice(from).filter(({ at }) => at - (ends[from]?.at ?? 0) <= 2000)
    const ages = within.flatMap(({ age }) => age ?? []).sort((a, b) => a - b)
    const differ = ages.length < 3 || (ages.at(-1) ?? 0) - (ages[0] ?? 0) > 2000
    if (within.length >= fewest && differ) {
      found.push({ atMs: within[within.length >> 1]?.at ?? 0, count: within.length })
      from += within.length
    } else from += 1
  }
  return found
}
