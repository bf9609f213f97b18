import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describeDuration, describeRoughly, describeSetting, describeWait } from '#lib/text/duration.ts'

describe('durations', () => {
  it('have a unit and as many digits as one can act on', () => {
    const described = [0.42, 9.3, 99.96, 120, 999.6, 6_020, 47_300, 252_000, 3_840_000].map(describeDuration)
    assert.deepEqual(described, [
      '0.42 ms',
      '9.3 ms',
      '100 ms',
      '120 ms',
      '1.00 s',
      '6.02 s',
      '47.3 s',
      '4 min 12 s',
      '1 h 04 min',
    ])
    assert.deepEqual([4.2, 852, 7_912, 60_018, 252_000].map(describeRoughly), [
      '4.2 ms',
      '850 ms',
      '7.9 s',
      '60 s',
      '4 min 12 s',
    ])
    assert.deepEqual([2_800, 75_020, 300_000, 600_000].map(describeWait), [
      '2.80 s',
      '75 s',
      '300 s',
      '10 min 00 s',
    ])
    assert.deepEqual([200, 500, 2_000, 2_500].map(describeSetting), ['200 ms', '500 ms', '2 s', '2.5 s'])
  })
})
