import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createClock, passedMs, timeIn } from '#lib/intake/times.ts'

const AT = Date.UTC(2024, 10, 22, 10, 22, 1)
const OF_DAY = (10 * 60 + 22) * 60_000 + 1000

describe('the time beside a line, in any habit', () => {
  const lines: readonly [string, number | undefined][] = [
    ['2024-11-22T10:22:01.123Z closed', AT + 123],
    ['[INFO] 2024-11-22T11:22:01+01:00 closed', AT],
    ['INFO:2024-11-22 10:22:01,123:closed', AT + 123],
    ['2024/11/22 10:22:01 closed', AT],
    ['[22/Nov/2024:10:22:01 +0000] closed', AT],
    ['Fri, 22 Nov 2024 10:22:01 GMT closed', AT],
    ['Fri Nov 22 2024 11:22:01 GMT+0100 (CET) closed', AT],
    ['[Fri Nov 22 10:22:01.123456 2024] closed', AT + 123.456],
    ['Nov 22 10:22:01 host app[1]: closed', AT],
    ['[11/22/2024, 10:22:01 AM] closed', AT],
    ['22.11.2024 10:22:01 closed', AT],
    ['11-22 10:22:01.123  1234  5678 E Tag: closed', AT + 123],
    ['I1122 10:22:01.123000 12345 file.cc:12] closed', AT + 123],
    ['1732270921 closed', AT],
    ['{"level":30,"time":1732270921123,"msg":"closed"}', AT + 123],
    ['ts=1732270921.5 level=info', AT + 500],
    // Day or month: the time of day alone is sure.
    ['[11/12/2024, 10:22:01] closed', OF_DAY],
    ['10:22:01 closed', OF_DAY],
    ['closed at 10:22:01', OF_DAY],
    ['10:22:01 PM closed', OF_DAY + 12 * 3_600_000],
    ['closed', undefined],
    ['ratio 10:22', undefined],
  ]
  for (const [line, ms] of lines) it(line, () => assert.equal(timeIn(line), ms))

  it('passes midnight where there is no date', () => {
    assert.equal(passedMs(23.5 * 3_600_000, 1_800_000), 3_600_000)
  })

  it('belongs to what goes on below it', () => {
    const { timeOf } = createClock()
    assert.equal(timeOf("2024-11-22 10:22:01,000 DEBG 'app' stdout output:"), AT)
    assert.equal(timeOf('closed'), AT)
    assert.equal(timeOf('closed'), undefined)
    assert.equal(timeOf('   at f (a.js:1:2)'), AT)
  })
})
