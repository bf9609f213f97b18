import assert from 'node:assert/strict'
import { it } from 'node:test'
import { histogramsOf } from '#lib/diagnosis/log-histograms.ts'
import { describeHistograms } from '#server/cli/logs/text.ts'

const at = Date.UTC(2026, 10, 22, 21, 40, 47)
const wallClockLabels = (closedMs: number[]) =>
  [
    ...describeHistograms(histogramsOf(closedMs.map((ms) => ({ closedMs: ms })))).matchAll(/\d\d:\d\d:\S+/g),
  ].map(([label]) => label)

it('bars of the wall clock have names of their own, however close they are', () => {
  assert.deepEqual(wallClockLabels([at, at + 400, at + 900, at + 2_000]).slice(0, 3), [
    '21:40:47.0',
    '21:40:47.2',
    '21:40:47.4',
  ])
  assert.deepEqual(wallClockLabels([at, at + 30_000]).slice(0, 2), ['21:40:46', '21:40:48'])
})
