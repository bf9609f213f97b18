import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { createLogReader } from '#lib/logs/summary.ts'
import { Totals } from '#lib/logs/totals.ts'

const troubles = (lines: readonly string[]): [string, number][] => {
  const reader = createLogReader()
  for (const line of lines) reader.read(line)
  return reader
    .summary()
    .troubles.map(({ trouble, connections }) => [Object.values(trouble).join(' '), connections.length])
}

const haproxy = (index: number, status: number, flags: string, ms: number) =>
  `203.0.113.7:${40_000 + index} [20/Nov/2026:09:${String(index % 60).padStart(2, '0')}:00.120] fe be/s1 0/0/1/4/${ms} ${status} 129 - - ${flags} 1/1/1/1/0 0/0 "GET /ws HTTP/1.1"`
const nginx = (index: number, status: number) =>
  `203.0.113.7 - - [20/Nov/2026:09:${String(index).padStart(2, '0')}:00 +0000] "GET /ws HTTP/1.1" ${status} 0 "-" "ua"`
const times = (count: number) => Array.from({ length: count }, (_, index) => index)

test('a rare refusal beside a frequent cut has its place', () => {
  const cuts = times(12).map((index) => haproxy(index, 101, 'sD--', 60_012))
  const good = times(60).map((index) =>
    haproxy(index + 20, 101, '----', 9000 + ((index * 7919) % 900) * 1000),
  )
  assert.deepEqual(troubles([...cuts, ...good, haproxy(90, 503, 'SC--', 3)]), [
    ['cut sD', 12],
    ['refused 503', 1],
  ])
  // Alone among good ones it is the internet, until it happens again.
  assert.deepEqual(troubles([...good, haproxy(90, 503, 'SC--', 3)]), [])
  assert.deepEqual(troubles([...good, haproxy(90, 503, 'SC--', 3), haproxy(91, 503, 'SC--', 3)]), [
    ['refused 503', 2],
  ])
})

test('clients that gave up come behind what kept them waiting', () => {
  const lines = [...times(9).map((index) => nginx(index, 499)), nginx(10, 504)]
  assert.deepEqual(troubles(lines), [
    ['refused 504', 1],
    ['refused 499', 9],
  ])
})

test('a timer and a reload in one log are two troubles, though no line says how anything ended', () => {
  const tunnel = (at: number, seconds: number) =>
    `203.0.113.${at % 200} - - [20/Nov/2026:${new Date(at * 1000).toISOString().slice(11, 19)} +0000] "GET /ws HTTP/1.1" 101 37 "-" "ua" rt=${seconds.toFixed(3)} us=101 cs=OK up=websocket`
  const timed = times(12).map((index) => tunnel(1000 + index * 97, 60 + index / 100))
  const together = times(9).map((index) => tunnel(50_000, 95 + index * 211))
  const groups = troubles([...timed, ...together])
  assert.deepEqual(groups, [
    ['unsaid', 12],
    ['unsaid', 9],
  ])
})

test('of more connections than are kept as examples, each counts in one of the two troubles', () => {
  const totals = new Totals(0.02)
  const connection = (closedMs: number, ageMs: number): LoggedConnection => ({
    outcome: 'ended',
    formats: ['nginx-access'],
    resolutionMs: 1000,
    closedMs,
    ageMs,
  })
  const timed = 900
  for (let at = 0; at < timed; at++) totals.add(connection(1_000_000 + at * 97_000, 60_000 + (at % 40)))
  const together = 601
  for (let at = 0; at < together; at++) totals.add(connection(500_000_000 + (at % 900), 95_000 + at * 21_100))
  const groups = totals.troubles()
  assert.deepEqual(groups.map(({ picture }) => picture.pattern.kind).sort(), ['idle', 'reload'])
  const counted = (of: (group: (typeof groups)[number]) => number) =>
    groups.reduce((sum, group) => sum + of(group), 0)
  assert.equal(
    counted(({ count }) => count),
    timed + together,
  )
  assert.equal(
    counted(({ picture }) => picture.known.ends),
    timed + together,
  )
})
