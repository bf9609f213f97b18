import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readLosses } from '#lib/record/loss-pattern.ts'
import type { Loss } from '#lib/store/connection/connection.ts'

const start = 1_800_000_000_000

/** @param idleMs without a message before the end; the whole age by default */
function dropAt(at: number, ageMs: number, idleMs = ageMs, how: Loss['state']['how'] = 'dropped'): Loss {
  const closedAt = start + at
  return {
    attempt: 1,
    trace: null,
    lastByteAt: closedAt - idleMs,
    state: {
      phase: 'closed',
      opened: { openedAt: closedAt - ageMs, timeToOpenMs: 3, subprotocol: '', extensions: '' },
      at: closedAt,
      lastedMs: ageMs,
      code: how === 'dropped' ? 1006 : 1011,
      name: '',
      reason: '',
      wasClean: how !== 'dropped',
      by: how === 'dropped' ? 'network' : 'server',
      how,
    },
  }
}

describe('the drops of a row', () => {
  it('at one age without a message are told apart by a heartbeat, and that is said', () => {
    const read = readLosses([dropAt(8_000, 7_900), dropAt(17_000, 7_910), dropAt(26_000, 7_890)])
    assert.equal(
      read.says,
      '3 drops, each after 7.9 s without a message. An idle timeout and a maximum age both fit. A heartbeat tells them apart.',
    )
    assert.equal(read.heartbeatDecides, true)
  })

  it('after one idle time and at different ages are no maximum age', () => {
    const { says } = readLosses([
      dropAt(70_000, 70_000, 60_000),
      dropAt(300_000, 190_000, 60_100),
      dropAt(500_000, 100_000, 60_050),
    ])
    assert.match(
      says ?? '',
      /^3 drops, each after 60 s without a message, at different ages\. An idle timeout fits/,
    )
  })

  it('at one age and idle for different times are no idle timeout, and a heartbeat has nothing to decide', () => {
    const read = readLosses([
      dropAt(30_000, 30_000, 900),
      dropAt(70_000, 30_010, 4_000),
      dropAt(110_000, 29_990, 9_000),
    ])
    assert.match(read.says ?? '', /^3 drops, each at the same age, 30 s, .* A maximum age fits/)
    assert.equal(read.heartbeatDecides, false)
  })

  it('without anything in common say so', () => {
    const { says } = readLosses([
      dropAt(3_000, 3_000),
      dropAt(40_000, 30_000, 11_000),
      dropAt(200_000, 90_000, 50_000),
    ])
    assert.equal(says, 'No common age or idle time in 3 drops.')
  })

  it('at the moment of others are a restart', () => {
    const { says } = readLosses(
      [dropAt(100_000, 20_000, 3_000)],
      [dropAt(100_200, 60_000, 9_000), dropAt(100_300, 90_000, 1_000), dropAt(100_400, 5_000, 4_000)],
    )
    assert.match(says ?? '', /^4 connections dropped at the same moment, at different ages/)
  })

  it('are too few to compare before the third, and a heartbeat can be tried all the same', () => {
    assert.deepEqual(readLosses([dropAt(8_000, 7_900)]), { says: null, heartbeatDecides: true })
    assert.deepEqual(readLosses([dropAt(8_000, 100)]), { says: null, heartbeatDecides: false })
  })

  it('with a Close frame speak for themselves', () => {
    const closed = [1, 2, 3].map((n) => dropAt(n * 10_000, 4_000, 4_000, 'close-frame'))
    assert.deepEqual(readLosses(closed), { says: null, heartbeatDecides: false })
  })
})
