import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  chartPicture,
  labelSides,
  lonePoints,
  nearest,
  pointLimit,
  silenceAt,
} from '#components/live/heartbeats/chart-data.ts'
import type { Sample } from '#lib/store/connection/samples.ts'
import { createRing, type RingView } from '#lib/store/kit/ring.ts'

const hourMs = 3_600_000
const window = { fromAt: 10_000_000, toAt: 10_000_000 + hourMs }

function ringOf(samples: Sample[]): RingView<Sample> {
  const ring = createRing<Sample>(20_000)
  for (const sample of samples) ring.push(sample)
  return ring.view()
}

const show = (...rings: RingView<Sample>[]) =>
  rings.map((samples, index) => ({ id: `c${index}`, label: `/ws/${index}`, samples }))

test('an hour of four busy connections is drawn in at most 240 points, and a lone spike of 900 ms is among them', () => {
  const rings = [0, 1, 2, 3].map((connection) =>
    ringOf(
      Array.from({ length: 7_200 }, (_, index): Sample => {
        const isSpike = connection === 2 && index === 3_333
        return { kind: 'page-rtt', at: window.fromAt + index * 500, ms: isSpike ? 900 : 2 }
      }),
    ),
  )
  const picture = chartPicture(show(...rings), window)
  const points = picture.series.flatMap((series) => series.points)
  assert.ok(points.length <= pointLimit, `${points.length} points`)
  assert.equal(picture.highestMs, 900)
})

test('a close breaks the line and is marked with its code', () => {
  const at = window.toAt - 10_000
  const picture = chartPicture(
    show(
      ringOf([
        { kind: 'open', at: at - 2_000, attempt: 1 },
        { kind: 'page-rtt', at: at - 1_000, ms: 2 },
        { kind: 'close', at, code: 1006 },
        { kind: 'reconnect', at: at + 1_000, attempt: 2 },
        { kind: 'page-rtt', at: at + 2_000, ms: 3 },
      ]),
    ),
    window,
  )
  assert.deepEqual(
    picture.series[0]?.points.map((point) => point.value),
    [2, null, 3],
  )
  assert.deepEqual(
    picture.marks.map((mark) => mark.label),
    ['closed 1006', 'reconnect'],
  )
})

test('an attempt that failed is no close: it never opened', () => {
  const { marks } = chartPicture(show(ringOf([{ kind: 'close', at: window.toAt - 1, code: 1006 }])), window)
  assert.equal(marks[0]?.label, 'never opened')
})

test('attempts that fail one after the other are said once, and again after one that opened', () => {
  const at = window.toAt - 60_000
  const { marks } = chartPicture(
    show(
      ringOf([
        { kind: 'close', at, code: 1006 },
        { kind: 'close', at: at + 1, code: 1006 },
        { kind: 'open', at: at + 2, attempt: 3 },
        { kind: 'close', at: at + 3, code: 1006 },
        { kind: 'close', at: at + 4, code: 1006 },
        { kind: 'close', at: at + 5, code: 1006 },
      ]),
    ),
    window,
  )
  assert.deepEqual(
    marks.map(({ label }) => label),
    ['never opened', '', 'closed 1006', 'never opened', ''],
  )
})

test('a round trip with the page’s own start in it is shown beside the lines, and sets no scale', () => {
  const at = window.toAt - 10_000
  const { series, warmUps, highestMs } = chartPicture(
    show(
      ringOf([
        { kind: 'open', at, attempt: 1 },
        { kind: 'page-rtt', at: at + 100, ms: 340, isWarmUp: true },
        { kind: 'page-rtt', at: at + 2_000, ms: 2 },
      ]),
    ),
    window,
  )
  assert.deepEqual(warmUps, [{ at: at + 100, ms: 340, connection: 0 }])
  assert.equal(highestMs, 2)
  assert.deepEqual(
    series.flatMap(({ points }) => points.map(({ value }) => value)),
    [2],
  )
})

test('a point without a neighbour is told from a line', () => {
  const points = [1, null, 2, 3, null, 4].map((value, at) => ({ at, value }))
  assert.deepEqual(
    lonePoints({ points }).map(({ value }) => value),
    [1, 4],
  )
})

test('an end in order is told from a drop', () => {
  const at = window.toAt - 10_000
  const ended = (code: number) =>
    chartPicture(
      show(
        ringOf([
          { kind: 'open', at, attempt: 1 },
          { kind: 'close', at: at + 1_000, code },
        ]),
      ),
      window,
    ).marks[0]?.isOrderly
  assert.deepEqual([ended(1000), ended(1006)], [true, false])
})

test('missed beats that would lie upon each other become one mark that counts them', () => {
  const minute = { fromAt: 0, toAt: 60_000 }
  const missed = [10_000, 10_300, 10_600, 40_000].map((at): Sample => ({ kind: 'missed', at }))
  assert.deepEqual(
    chartPicture(show(ringOf(missed)), minute).marks.map((mark) => mark.label),
    ['3 missed beats', 'missed beat'],
  )
})

test('the time in which the page was hidden is a span, open to the right while it lasts', () => {
  const at = window.toAt - 60_000
  const { spans } = chartPicture(show(ringOf([{ kind: 'hidden', at }])), window)
  assert.deepEqual(spans, [{ fromAt: at, toAt: window.toAt, label: 'page hidden' }])
})

test('the crosshair reads the nearest point within reach, and none beyond it', () => {
  const points = [
    { at: 100, value: 1 },
    { at: 200, value: 2 },
  ]
  assert.equal(nearest(points, 170, 50)?.value, 2)
  assert.equal(nearest(points, 300, 50), null)
})

test('the silence at a moment counts from what arrived before it, and not across an end', () => {
  const samples = ringOf([
    { kind: 'open', at: 1_000, attempt: 1 },
    { kind: 'beat', at: 3_000, behindMs: null, late: false },
    { kind: 'close', at: 9_000, code: 1000 },
  ])
  assert.equal(silenceAt(samples, 4_500), 1_500)
  assert.equal(silenceAt(samples, 9_500), null)
})

test('labels go where there is room: right, else left, else nowhere', () => {
  const marks = [10_000, 12_000, 13_000, 58_000].map((at) => ({
    at,
    untilAt: at,
    kind: 'close' as const,
    isOrderly: false,
    label: 'closed 1006',
    count: 1,
  }))
  assert.deepEqual(labelSides(marks, { fromAt: 0, toAt: 60_000 }), ['left', 'none', 'right', 'left'])
  const said = marks.map((mark, index) => (index === 0 ? mark : { ...mark, label: '' }))
  assert.deepEqual(labelSides(said, { fromAt: 0, toAt: 60_000 }), ['right', 'none', 'none', 'none'])
})
