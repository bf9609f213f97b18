/** Logs as they reach people: prefixed, re-ended, mixed, cut. The verdict must stay what it was. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { judgeLogs, type LogReport } from '#lib/diagnosis/judge-logs.ts'
import { createLogReader } from '#lib/logs/summary.ts'
import { sampled } from '#tests/sampling.ts'
import { type LogFixture, linesOf, logFixtures } from '#tests/unit/logs/fixtures.ts'

const root = new URL('../../fixtures/logs/', import.meta.url)

function linesOfFixture({ id, files }: LogFixture): string[] {
  return files.flatMap((file) => linesOf(readFileSync(new URL(`${id}/${file}`, root), 'utf8')))
}

function judge(lines: readonly string[]): LogReport {
  const reader = createLogReader({ year: 2026 })
  for (const line of lines) reader.read(line)
  return judgeLogs(reader.summary())
}

/** What must not change of them. */
const essence = ({ connections, closes, report }: LogReport) => ({
  connections,
  closes,
  outcome: report.outcome,
  cause: report.verdicts[0]?.cause,
})

const asTheyCame = logFixtures.map((fixture) => {
  const lines = linesOfFixture(fixture)
  return { id: fixture.id, lines, expected: essence(judge(lines)) }
})

/** Each mishap meets other logs, and each log some mishaps. */
const some = (turn: number) => sampled(asTheyCame, 4, turn)

const foreign = [
  'Traceback (most recent call last):',
  '    at Socket.emit (node:events:517:28)',
  '2026-11-20 09:00:12.481 UTC [311] LOG:  duration: 1203.114 ms  statement: SELECT 1',
  "INSERT INTO audit (at, what) VALUES (now(), 'websocket closed by user');",
  '{"msg":"tick"}',
]

const mishaps: Record<string, (lines: string[]) => string[]> = {
  'Windows line ends': (lines) => lines.map((line) => `${line}\r`),
  'docker compose': (lines) => lines.map((line) => `proxy-1  | ${line}`),
  'docker compose with time stamps': (lines) =>
    lines.map((line) => `proxy-1  | 2026-11-20T09:30:00.123456789Z ${line}`),
  'syslog without a year': (lines) => lines.map((line) => `Nov 20 09:30:00 host1 proxy[312]: ${line}`),
  'a container runtime': (lines) => lines.map((line) => `2026-11-20T09:30:00.123456789Z stderr F ${line}`),
  'other programs between': (lines) =>
    lines.flatMap((line, index) => [line, foreign[index % foreign.length] ?? '', '']),
  'half lines before and after': (lines) => [
    (lines[0] ?? '').slice(-30),
    ...lines,
    (lines.at(-1) ?? '').slice(0, 30),
  ],
}

for (const [turn, [name, mishap]] of Object.entries(mishaps).entries()) {
  test(`${name}: every recorded log keeps its verdict`, () => {
    for (const { id, lines, expected } of some(turn))
      assert.deepEqual(essence(judge(mishap(lines))), expected, id)
  })
}

test('IPv6 clients: every recorded log keeps its verdict', () => {
  for (const { id, lines, expected } of some(3)) {
    const v6 = lines.map((line) =>
      line.replace(/203\.0\.113\.(\d+)/g, (_, last) => `2001:db8::${Number(last).toString(16)}`),
    )
    assert.deepEqual(essence(judge(v6)), expected, id)
  }
})

test('every other line lost: what remains never proves another cause', () => {
  for (const fixture of sampled(logFixtures, 4)) {
    const { report } = judge(linesOfFixture(fixture).filter((_, index) => index % 2 === 0))
    for (const { cause, certainty } of report.verdicts) {
      if (certainty === 'proven') assert.ok(fixture.causes.includes(cause), `${fixture.id}: ${cause}`)
    }
  }
})
