import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { bucketWidthMs, downsample, type Point } from '#lib/stats/downsample.ts'

const HOUR = 3_600_000
const END = 1_800_000_000_000

const series = fc.array(
  fc.record({
    at: fc.integer({ min: END - HOUR, max: END }),
    value: fc.double({ min: 0, max: 900, noNaN: true }),
  }),
  { minLength: 1, maxLength: 400 },
)

const values = (points: readonly Point[]) => points.map(({ value }) => value ?? 0)

describe('downsample', () => {
  it('keeps both extremes and stays within the limit', () => {
    fc.assert(
      fc.property(
        series,
        fc.constantFrom(60_000, 300_000, 900_000, HOUR),
        fc.constantFrom(30, 60, 240),
        (points, windowMs, limit) => {
          const window = { fromAt: END - windowMs, toAt: END }
          const inside = points.filter(({ at }) => at >= window.fromAt)
          const shown = downsample(points, window, limit)
          assert.ok(shown.length <= limit, `${shown.length} points`)
          if (inside.length === 0) return
          const within = shown.filter(({ at }) => at >= window.fromAt)
          const all = [...values(within), ...values(shown)]
          assert.equal(Math.max(...all) >= Math.max(...values(inside)), true)
          assert.equal(Math.min(...all) <= Math.min(...values(inside)), true)
          assert.deepEqual(
            shown.map(({ at }) => at),
            shown.map(({ at }) => at).sort((a, b) => a - b),
          )
        },
      ),
    )
  })

  it('shows a single spike of 900 ms in an hour of beats every 200 ms', () => {
    const points: Point[] = []
    for (let at = END - HOUR; at < END; at += 200) points.push({ at, value: 1 + (at % 7) / 10 })
    points[9_001] = { at: END - HOUR + 9_001 * 200, value: 900 }
    const shown = downsample(points, { fromAt: END - HOUR, toAt: END })
    assert.ok(shown.length <= 240)
    assert.deepEqual(
      shown.filter(({ value }) => value === 900),
      [points[9_001]],
    )
  })

  it('does not shimmer: what stays in a moving window is drawn with the same points', () => {
    const points: Point[] = []
    for (let at = END - HOUR; at < END; at += 130) points.push({ at, value: (at * 7_919) % 97 })
    const windowMs = 300_000
    const width = bucketWidthMs(windowMs)
    const before = downsample(points, { fromAt: END - windowMs - 777, toAt: END - 777 })
    const after = downsample(points, { fromAt: END - windowMs, toAt: END })
    const [from, to] = [END - windowMs + width, END - 777 - width]
    const between = (list: readonly Point[]) => list.filter(({ at }) => at > from && at < to)
    assert.ok(between(after).length > 100)
    assert.deepEqual(between(after), between(before))
  })

  it('gives few points back as they are', () => {
    const points = [1, 2, 3].map((value) => ({ at: END - value * 10_000, value })).reverse()
    assert.deepEqual(downsample(points, { fromAt: END - 60_000, toAt: END }), points)
  })

  it('breaks the line where a connection ended', () => {
    const points: Point[] = [
      { at: END - 30_000, value: 1 },
      { at: END - 20_000, value: null },
      { at: END - 10_000, value: 2 },
    ]
    assert.deepEqual(downsample(points, { fromAt: END - 60_000, toAt: END }), points)
  })

  it('stays within the limit even when a connection ends all the time', () => {
    const points: Point[] = []
    for (let at = END - HOUR; at < END; at += 1_000)
      points.push({ at, value: 1 }, { at: at + 500, value: null })
    const shown = downsample(points, { fromAt: END - HOUR, toAt: END })
    assert.ok(shown.length <= 240, `${shown.length} points`)
  })

  it('has nothing to show for nothing', () => {
    assert.deepEqual(downsample([], { fromAt: 0, toAt: 1 }), [])
  })
})
