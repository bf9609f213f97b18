import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Lifetime, LifetimeReading, readingOf } from '#lib/logs/lifetimes.ts'
import { type KeyOf, Sketch, valueAt } from '#lib/stats/sketch.ts'

const keyOf: KeyOf = (value, level) => Math.floor(value / 2 ** level)

test('few values are kept as they are, and those that carry something with it', () => {
  const sketch = new Sketch(keyOf, 64)
  for (const value of [5, 1, 3]) sketch.add(value, value * 2)
  sketch.add(2)
  assert.deepEqual(
    sketch.points().map(({ value, count, known, low }) => [value, count, known, low]),
    [
      [1, 1, 1, 2],
      [2, 1, 0, 0],
      [3, 1, 1, 6],
      [5, 1, 1, 10],
    ],
  )
  assert.ok(sketch.isExact)
})

test('of many values none is lost, in bounded room', () => {
  const sketch = new Sketch(keyOf, 64)
  for (let at = 0; at < 10_000; at++) sketch.add((at * 7919) % 10_000, at)
  const points = sketch.points()
  assert.ok(points.length <= 64 && !sketch.isExact)
  assert.equal(sketch.count, 10_000)
  assert.equal(
    points.reduce((sum, { count }) => sum + count, 0),
    10_000,
  )
  assert.ok(Math.abs(valueAt(points, 5000) - 5000) < 400, `${valueAt(points, 5000)}`)
  assert.deepEqual(
    [Math.min(...points.map(({ low }) => low)), Math.max(...points.map(({ high }) => high))],
    [0, 9999],
  )
})

test('parts that are put together count as the whole, also as plain data', () => {
  const value = fc.integer({ min: 0, max: 100_000 })
  fc.assert(
    fc.property(fc.array(fc.array(value, { maxLength: 100 }), { maxLength: 6 }), (parts) => {
      const whole = new Sketch(keyOf, 32)
      for (const part of parts) {
        const sketch = new Sketch(keyOf, 32)
        for (const each of part) sketch.add(each, each)
        whole.merge(Sketch.of(structuredClone(sketch.data()), keyOf, 32))
      }
      const all = parts.flat()
      const points = whole.points()
      assert.equal(whole.count, all.length)
      assert.ok(points.length <= 32)
      const sum = points.reduce((sum, { value, count }) => sum + value * count, 0)
      assert.ok(Math.abs(sum - all.reduce((a, b) => a + b, 0)) < 1)
      if (all.length > 0) assert.equal(Math.max(...points.map(({ high }) => high)), Math.max(...all))
    }),
  )
})

const minute = 60_000
/** Six in ten are cut after a minute, the others live unevenly; once an hour some end together. */
const lifetimes: Lifetime[] = Array.from({ length: 60_000 }, (_, at) => {
  const uneven = (at * 2_654_435_761) % (15 * minute)
  const isTogether = at % 20 === 0
  const closedMs = isTogether ? 3_600_000 * (at % 24) + (at % 1500) : at * 1440 + (at % 1000)
  const ageMs = at % 10 < 6 && !isTogether ? minute + (at % 50) : uneven
  return { ageMs, closedMs, resolutionMs: 1000, bytes: 100 + (at % 3) }
})

test('a pattern among more connections than are kept exactly is the one among all of them', () => {
  const coarse = new LifetimeReading(2048)
  for (const lifetime of lifetimes) coarse.add(lifetime)
  const exact = new LifetimeReading(1 << 20)
  for (const lifetime of lifetimes) exact.add(lifetime)
  const [one, other] = [coarse.picture(), exact.picture()]
  assert.equal(one.pattern.kind, 'idle')
  assert.equal(other.pattern.kind, 'idle')
  assert.deepEqual(one.known, other.known)
  const [near, right] = [one.ages, other.ages]
  assert.ok(near && right)
  assert.ok(
    Math.abs(near.valueMs - right.valueMs) < right.valueMs * 0.005,
    `${near.valueMs} ${right.valueMs}`,
  )
  assert.ok(Math.abs(near.count - right.count) < right.count * 0.02, `${near.count} ${right.count}`)
})

test('readings of parts, put together, are the reading of the whole', () => {
  const few = lifetimes.slice(0, 3000)
  const whole = new LifetimeReading()
  for (let from = 0; from < few.length; from += 700)
    whole.merge(LifetimeReading.of(structuredClone(readingOf(few.slice(from, from + 700)).data())))
  assert.deepEqual(whole.picture(), readingOf(few).picture())
})
