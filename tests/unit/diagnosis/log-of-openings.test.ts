/** A log that has nothing but handshakes that succeeded: they opened, and how they ended it does not say. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'

const opened = (client: string, second: number) =>
  `${client} - - [30/Nov/2026:10:01:${second} +0000] "GET /ws HTTP/1.1" 101 90421 "-" "Mozilla/5.0"`
const page =
  '192.0.2.7 - - [30/Nov/2026:10:05:19 +0000] "GET /index.html HTTP/1.1" 200 1421 "-" "Mozilla/5.0"'

it('is told as opened, and asked for what would say how it ended', () => {
  for (const text of [
    opened('192.0.2.1', 12),
    `${opened('192.0.2.1', 12)}\n${opened('192.0.2.2', 19)}\n${page}`,
  ]) {
    const { outcome, headline } = readAndJudge({ text }).report
    assert.deepEqual([outcome, headline], ['undetermined', 'It opened: the evidence names no cause yet'])
  }
})

it('is no such log where only a page was asked for', () => {
  assert.match(readAndJudge({ text: page }).report.headline, /^Nothing was seen of the connection/)
})
