import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  defaultHeartbeat,
  heartbeatBounds,
  heartbeatProblem,
  impliedTimeoutSeconds,
  readHeartbeat,
  readSeconds,
  settleHeartbeat,
  withHeartbeat,
} from '#lib/protocol/heartbeat.ts'

const url = 'ws://localhost:9000/ws/health'
const set = (intervalSeconds: number | null, timeoutSeconds: number | null, from = url) => {
  const asked = { intervalSeconds, timeoutSeconds }
  return heartbeatProblem(asked)?.field ?? withHeartbeat(from, asked)
}
const settle = (query: string, configured = defaultHeartbeat) => {
  const reading = settleHeartbeat(readHeartbeat(new URLSearchParams(query)), configured)
  return reading.ok ? [reading.heartbeat.intervalSeconds, reading.heartbeat.timeoutSeconds] : reading.field
}

describe('heartbeat in the query', () => {
  it('is written, replaced and removed', () => {
    assert.equal(set(2, 1), `${url}?ping_interval=2&ping_timeout=1`)
    assert.equal(set(0.5, null, `${url}?ping_interval=2&ping_timeout=1&a=b`), `${url}?ping_interval=0.5&a=b`)
    assert.equal(set(null, null, `${url}?ping_interval=2`), url)
  })

  it('is refused beyond the server’s bounds, at the field that is wrong', () => {
    assert.deepEqual(
      [set(0.09, null), set(301, null), set(Number.NaN, null)],
      ['interval', 'interval', 'interval'],
    )
    assert.deepEqual([set(2, 2), set(2, 0.04), set(2, 3)], ['timeout', 'timeout', 'timeout'])
    assert.deepEqual([set(0.1, 0.05), set(300, 299)].includes('interval'), false)
  })

  it('is judged as the server will, where its interval is known', () => {
    const asked = { intervalSeconds: null, timeoutSeconds: 40 }
    assert.equal(heartbeatProblem(asked), null)
    assert.equal(heartbeatProblem(asked, defaultHeartbeat)?.field, 'timeout')
    assert.equal(heartbeatProblem(asked, { intervalSeconds: 60, timeoutSeconds: 10 }), null)
  })

  it('is read back, and left open where the URL says nothing', () => {
    assert.deepEqual(readHeartbeat(new URLSearchParams('ping_interval=2.5')), {
      intervalSeconds: 2.5,
      timeoutSeconds: null,
    })
    assert.deepEqual(readHeartbeat(new URLSearchParams('')), { intervalSeconds: null, timeoutSeconds: null })
  })

  it('is a decimal number, and nothing else that JavaScript takes for one', () => {
    assert.deepEqual(['2', '2.5', '.5', '007'].map(readSeconds), [2, 2.5, 0.5, 7])
    for (const text of ['', ' 2', '2.', '1e1', '0x10', '-1', '+1', '1,5', 'Infinity', 'abc'])
      assert.ok(Number.isNaN(readSeconds(text)), text)
  })
})

describe('heartbeat of a connection', () => {
  it('is the configured one, or what was asked for', () => {
    assert.deepEqual(settle(''), [30, 10])
    assert.deepEqual(settle('ping_interval=300'), [300, 10])
    assert.deepEqual(settle('ping_timeout=29'), [30, 29])
    assert.deepEqual(settle('ping_interval=2&ping_timeout=1.5'), [2, 1.5])
  })

  it('has half the interval as its timeout, or the configured one if that is less', () => {
    assert.deepEqual([impliedTimeoutSeconds(2), impliedTimeoutSeconds(60)], [1, 10])
    assert.deepEqual(settle('ping_interval=2'), [2, 1])
    assert.deepEqual(settle('ping_interval=60', { intervalSeconds: 20, timeoutSeconds: 3 }), [60, 3])
  })

  it('may be configured beyond the bounds, not asked for', () => {
    const configured = { intervalSeconds: 900, timeoutSeconds: 600 }
    assert.deepEqual(settle('', configured), [900, 600])
    assert.deepEqual(settle('ping_timeout=800', configured), [900, 800])
    assert.equal(settle('ping_interval=900', configured), 'interval')
    assert.equal(settle('ping_interval=abc'), 'interval')
    assert.equal(settle('ping_timeout=30'), 'timeout')
    assert.equal(settle('ping_timeout=0.04'), 'timeout')
  })

  it('has its bounds within themselves', () => {
    const { min } = heartbeatBounds.intervalSeconds
    assert.ok(impliedTimeoutSeconds(min) >= heartbeatBounds.timeoutSeconds.min)
  })
})
