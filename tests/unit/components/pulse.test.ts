import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pulseBox, pulsePath, pulsePicture } from '#components/live/connections/pulse-beats.ts'
import type { Sample } from '#lib/store/connection/samples.ts'
import { createRing } from '#lib/store/kit/ring.ts'

function viewOf(samples: Sample[]) {
  const ring = createRing<Sample>(100)
  for (const sample of samples) ring.push(sample)
  return ring.view()
}

test('a strip without beats is a flat line from edge to edge', () => {
  assert.equal(pulsePath([]), `M0 ${pulseBox.base}H${pulseBox.width}`)
})

test('a beat is a spike, a missed one a gap', () => {
  assert.match(pulsePath([{ x: 0.5, height: 1 }]), /L150 3/)
  assert.match(pulsePath([{ x: 0.5, height: null }]), /H144M156 26/)
})

test('beats too close to be told apart become the highest of them', () => {
  const path = pulsePath([
    { x: 0.5, height: 0.1 },
    { x: 0.52, height: 1 },
  ])
  assert.equal(path.match(/L150 3/g)?.length, 1)
})

test('the strip prefers what the server measured to what the page did', () => {
  const { beats } = pulsePicture(
    viewOf([
      { kind: 'page-rtt', at: 500, ms: 9 },
      { kind: 'server-rtt', at: 600, ms: 4 },
    ]),
    1_000,
    1_000,
  )
  assert.deepEqual(
    beats.map((beat) => beat.x),
    [0.6],
  )
})

test('an end is where it was, and a reopened connection has none', () => {
  const closed: Sample = { kind: 'close', at: 400, code: 1006 }
  assert.equal(pulsePicture(viewOf([closed]), 1_000, 1_000).closedAtX, 0.4)
  assert.equal(
    pulsePicture(viewOf([closed, { kind: 'open', at: 600, attempt: 2 }]), 1_000, 1_000).closedAtX,
    null,
  )
})
