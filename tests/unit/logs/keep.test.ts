import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceFromLogs } from '#lib/intake/from-logs.ts'
import { bytesOf, createKeep, keptText, LONGEST_KEPT } from '#lib/logs/keep.ts'
import { createLogReader } from '#lib/logs/summary.ts'
import { amount } from '#tests/sampling.ts'

test('a text is kept whole up to 1 KiB, and beyond it without its middle', () => {
  for (const text of ['', 'a', 'é'.repeat(LONGEST_KEPT)]) assert.equal(keptText(text), text)
  const long = keptText(`begin ${'x'.repeat(70_000)} end`)
  assert.equal(long.length, LONGEST_KEPT)
  assert.match(long, /^begin x+…x+ end$/)
})

test('bytes are counted as engines hold them', () => {
  assert.equal(bytesOf('four', undefined, 'é'), 5)
  assert.equal(bytesOf('漢字'), 4)
})

test('beyond the count or the bytes the older half goes', () => {
  const few = createKeep<number>(4, 1000)
  const many = createKeep<number>(1000, 40)
  for (let at = 0; at < 100; at++) {
    few.add(at, 10)
    many.add(at, 10)
    assert.ok(few.list.length <= 4 && many.list.length <= 4)
    assert.equal(few.list.at(-1), at)
    assert.equal(many.list.at(-1), at)
  }
})

test('a log is bounded by bytes whatever its lines are, and each connection is counted', () => {
  const reader = createLogReader()
  const path = `/ws${'漢'.repeat(900)}`
  const lines = amount(12_000, 5000)
  for (let at = 0; at < lines; at++) {
    reader.read(
      `10.0.0.${at % 250} - - [20/Nov/2026:09:00:00 +0000] "GET ${path} HTTP/1.1" 101 0 "-" "-" 9.000`,
    )
    reader.read(
      `[WS_DIAGNOSTICS] client_id=c${at}, path=${path} disconnected - code=1006, close_code=1006, reason="${path}", duration_ms=60020, pings=0, pongs=0, ended_by=network, at=2026-11-20T09:00:00.000Z`,
    )
  }
  const { connections, counts } = reader.summary()
  const kept = connections.reduce(
    (sum, { access, clientId, path, reason }) =>
      sum + bytesOf(access?.line, access?.record.path, clientId, path, reason),
    0,
  )
  assert.ok(kept < 32 << 20, `${kept} bytes are kept`)
  assert.ok(connections.length < lines * 2)
  assert.equal(counts.ended, lines * 2)
  assert.ok(connections.some(({ clientId }) => clientId === `c${lines - 1}`))
})

test('ids that never end, and one id that ends again and again, take no more than others', () => {
  const reader = createLogReader({ most: amount(10_000, 1000) })
  const opened = amount(20_000, 3000)
  const origin = 'o'.repeat(1000)
  const at = 'at=2026-11-20T09:00:00.000Z'
  for (let count = 0; count < opened; count++) {
    reader.read(
      `[WS_DIAGNOSTICS] CONNECTION ATTEMPT START client_id=open${count}, path=/ws, client=10.0.0.2, Origin: ${origin}, ${at}`,
    )
    reader.read(
      `[WS_DIAGNOSTICS] client_id=again, path=/ws disconnected - code=1006, close_code=1006, reason="", ${at}`,
    )
  }
  const { connections } = reader.summary()
  assert.ok(connections.length < amount(12_000, 2100), `${connections.length}`)
  assert.equal(connections.filter(({ clientId }) => clientId === 'again').length, 1)
  assert.equal(connections.at(-1)?.clientId, `open${opened - 1}`)
})

test('of a long line the times behind its middle are read and quoted, and the report says that it was shortened', () => {
  const reader = createLogReader()
  const agent = 'x'.repeat(60_000)
  for (const second of ['10', '20', '30']) {
    reader.read(
      `10.0.0.1 - - [20/Nov/2026:09:00:${second} +0000] "GET /ws HTTP/1.1" 101 0 "-" "${agent}" 60.0${second}`,
    )
  }
  const summary = reader.summary()
  assert.equal(summary.shortened, 3)
  assert.deepEqual(
    summary.connections.map(({ ageMs }) => ageMs),
    [60_010, 60_020, 60_030],
  )
  const quoted = evidenceFromLogs(summary).proxy?.access_log ?? []
  assert.equal(quoted.length, 3)
  for (const line of quoted) assert.match(line, /^10\.0\.0\.1 .* 101 0 "-" "x+…x+" 60\.0\d0$/)
})
