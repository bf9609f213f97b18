import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseLine } from '#lib/logs/line.ts'

const line = (end: string) =>
  parseLine(
    `203.0.113.9 - - [11/Apr/2026:09:31:07 +0000] "GET /desk HTTP/1.1" 101 512 "-" "Mozilla/5.0" ${end}`,
  )

it('a duration at the end of an access line is read in each unit that Apache writes', () => {
  for (const [end, ms] of [
    ['60002113', 60_002.113],
    ['60002113us', 60_002.113],
    ['60/60002113', 60_002.113],
    ['60002ms', 60_002],
    ['D=60002113', 60_002.113],
  ] as const) {
    const record = line(end)
    assert.equal(record?.kind, 'access')
    assert.equal(record.format, 'apache-access', end)
    assert.equal(Math.round((record.durationMs ?? 0) * 1000), ms * 1000, end)
  }
})

it('two numbers that are not the same time are no duration', () => {
  const record = line('60/2113')
  assert.equal(record?.kind === 'access' ? record.durationMs : 0, undefined)
})
