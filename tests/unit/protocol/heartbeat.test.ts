import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { impliedTimeoutSeconds, readHeartbeat, withHeartbeat } from '#lib/protocol/heartbeat.ts'

const url = 'ws://localhost:9000/ws/health'
const set = (interval: number | null, timeout: number | null, from = url) => {
  const result = withHeartbeat(from, interval, timeout)
  return result.ok ? result.url : result.field
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

  it('is read back, and left open where the URL says nothing', () => {
    assert.deepEqual(readHeartbeat(`${url}?ping_interval=2.5`), {
      intervalSeconds: 2.5,
      timeoutSeconds: null,
    })
    assert.deepEqual(readHeartbeat('no url'), { intervalSeconds: null, timeoutSeconds: null })
  })

  it('has half the interval as its timeout, or the configured one if that is less', () => {
    assert.deepEqual([impliedTimeoutSeconds(2), impliedTimeoutSeconds(60)], [1, 10])
  })
})
