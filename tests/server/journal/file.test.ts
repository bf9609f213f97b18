import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Database } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'
import type { EventDraft, Journal } from '#server/journal/journal.ts'
import { thinHeartbeats } from '#server/journal/thin.ts'
import { conforms } from '#tests/server/journal/conformance.ts'

const folder = mkdtempSync(join(tmpdir(), 'why1006-journal-'))
const databases: Database[] = []
after(() => {
  for (const database of databases) database.close()
  rmSync(folder, { recursive: true })
})

function fresh(name = `${databases.length}.db`): Database {
  const database = new Database(join(folder, name))
  databases.push(database)
  return database
}

const beat = (number: number): EventDraft => ({
  kind: 'heartbeat',
  client_id: 'one',
  endpoint: '/ws',
  ping_number: number,
  rtt_ms: number,
})

const everything = async (journal: Journal) => (await journal.read({ limit: 10_000 })).records

conforms('in a file', (capacity, now) =>
  createFileJournal({ database: fresh(), keep: { events: capacity }, instance: 'test', ...(now && { now }) }),
)

conforms('in a file, a few rows at a time', (capacity, now) =>
  createFileJournal({
    database: fresh(),
    keep: { events: capacity },
    instance: 'test',
    patience: { sliceRows: 7, pageMs: 0 },
    ...(now && { now }),
  }),
)

test('connections that a killed process left open get their end at the next start, once, as what it is', async () => {
  const accepted = (client: string): EventDraft => ({ kind: 'accepted', client_id: client, endpoint: '/ws' })
  const started: EventDraft = { kind: 'server', state: 'started' }
  const ended = {
    kind: 'disconnected',
    endpoint: '/ws',
    close_code: 1000,
    reason: '',
    duration_ms: 1,
  } as const
  let nowMs = 1_000_000
  const run = (instance: string) =>
    createFileJournal({ database: fresh('killed.db'), keep: {}, instance, now: () => nowMs })
  const first = run('first')
  for (const draft of [started, accepted('before'), { ...ended, client_id: 'before' }]) first.append(draft)
  await first.close()
  databases.at(-1)?.close()

  const killed = run('killed')
  for (const draft of [started, accepted('one'), accepted('two')]) killed.append(draft)
  killed.adopt({ ...accepted('foreign'), id: 'f', at: 1, instance: 'foreign', service: 'chat' } as never)
  nowMs += 60_000
  killed.append({ ...ended, client_id: 'two' })
  await killed.bounds()
  databases.at(-1)?.close()

  nowMs += 3_600_000
  const next = run('next')
  const told = (await everything(next)).flatMap(({ event }) =>
    event.kind === 'disconnected' && event.process !== undefined ? [event] : [],
  )
  assert.deepEqual(
    told.map(({ client_id, instance, at, duration_ms, process, initiator, close_code }) => ({
      client_id,
      instance,
      at,
      duration_ms,
      process,
      initiator,
      close_code,
    })),
    [
      {
        client_id: 'one',
        instance: 'killed',
        at: 1060,
        duration_ms: 60_000,
        process: 'ended',
        initiator: 'server',
        close_code: undefined,
      },
    ],
  )
  const { length } = await everything(next)
  next.append(started)
  await next.bounds()
  databases.at(-1)?.close()
  assert.equal((await everything(run('last'))).length, length + 1)
})

test('what was appended is there after a restart, and its cursors go on', async () => {
  const first = createFileJournal({ database: fresh('kept.db'), keep: {}, instance: 'a' })
  const records = [0, 1, 2].map((number) => first.append(beat(number)))
  await first.close()
  databases.at(-1)?.close()
  const second = createFileJournal({ database: fresh('kept.db'), keep: {}, instance: 'b' })
  const next = second.append(beat(3))
  const page = await second.read({ after: records[0]?.event.id, limit: 10 })
  assert.equal(page.gap, null)
  assert.deepEqual(
    page.records.map(({ event }) => event),
    [records[1], records[2], next].map((record) => record?.event),
  )
})

test('a clock that went back between two runs does not send cursors back', async () => {
  const first = createFileJournal({ database: fresh('back.db'), keep: {}, instance: 'a', now: () => 2e12 })
  const old = first.append(beat(0))
  await first.close()
  databases.at(-1)?.close()
  const second = createFileJournal({ database: fresh('back.db'), keep: {}, instance: 'b', now: () => 1e12 })
  assert.ok(second.append(beat(1)).event.id > old.event.id)
})

test('what is older or larger than what is kept goes, a step at a time', async () => {
  let nowMs = 1e12
  const now = () => nowMs
  const journal = createFileJournal({ database: fresh(), keep: { ageMs: 1000 }, instance: 'a', now })
  journal.append(beat(0))
  await everything(journal)
  nowMs += 2000
  const young = journal.append(beat(1))
  assert.deepEqual(
    (await everything(journal)).map(({ event }) => event),
    [young.event],
  )
  const database = fresh()
  const small = createFileJournal({ database, keep: { bytes: 1_000_000 }, instance: 'a' })
  for (let turn = 0; turn < 15; turn++) {
    for (let number = 0; number < 1000; number++) small.append(beat(number))
    await small.bounds()
  }
  assert.ok(database.bytes < 2_000_000, `${database.bytes} bytes`)
  const left = (await everything(small)).length
  assert.ok(left > 500, `${left} events`)
})

test('heartbeats that are older than an hour become one a minute, with their extremes, and cursors hold', async () => {
  let nowMs = 1_700_000_040_000
  const database = fresh()
  const journal = createFileJournal({ database, keep: {}, instance: 'a', now: () => nowMs })
  const all = Array.from({ length: 120 }, (_, second) => {
    nowMs += 1000
    return journal.append(beat(second))
  })
  await everything(journal)
  thinHeartbeats(database, nowMs + 3_600_000 - 121_000, Infinity)
  assert.equal((await everything(journal)).length, 120)
  thinHeartbeats(database, nowMs + 3_700_000, Infinity)
  const left = await everything(journal)
  const figures = left.map(({ event }) => (event.kind === 'heartbeat' ? event : undefined))
  assert.deepEqual(
    figures.map((event) => [event?.beats, event?.rtt_min_ms, event?.rtt_max_ms]),
    [
      [59, 0, 58],
      [60, 59, 118],
      [undefined, undefined, undefined],
    ],
  )
  const page = await journal.read({ after: all[10]?.event.id, limit: 10 })
  assert.equal(page.gap, null)
  assert.equal(page.records[0]?.event.id, all[59]?.event.id)
})

test('a full disk is an event; what came meanwhile is written when there is room', async () => {
  const database = fresh()
  const journal = createFileJournal({ database, keep: {}, instance: 'a' })
  journal.append(beat(0))
  await everything(journal)
  const limit = (pages: number) => database.prepare(`PRAGMA max_page_count = ${pages}`).get()
  limit(1)
  for (let number = 0; number < 2000; number++) journal.append(beat(number))
  const before = await everything(journal)
  assert.equal(journal.trouble, 'disk-full')
  limit(1_000_000)
  await journal.bounds()
  assert.equal(journal.trouble, undefined)
  const after = await everything(journal)
  const codes = after.flatMap(({ event }) => (event.kind === 'error' ? [event.code] : []))
  assert.ok(before.length < 2001, `${before.length}`)
  assert.deepEqual(codes, ['journal-disk-full', 'journal-writes-again'])
  assert.equal(after.length, 2003)
})

const ended = (number: number): EventDraft => ({
  kind: 'disconnected',
  client_id: `c${number}`,
  endpoint: '/ws',
  close_code: 1006,
  reason: '',
  duration_ms: number,
  pings: 0,
  pongs: 0,
  initiator: 'network',
})

test('ends go into their table with the events that they are of, leave with them, and survive damage', async () => {
  const database = fresh()
  const journal = createFileJournal({ database, keep: { events: 40 }, instance: 'test' })
  const rows = () =>
    database
      .prepare('SELECT age FROM ends ORDER BY id')
      .all()
      .map(({ age }) => age)
  for (let number = 0; number < 10; number += 1) {
    journal.append(beat(number))
    journal.append(ended(number))
  }
  await journal.bounds()
  assert.deepEqual(rows(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (let number = 0; number < 25; number += 1) journal.append(beat(number))
  await journal.bounds()
  // The five oldest events went, two ends among them.
  assert.deepEqual(rows(), [2, 3, 4, 5, 6, 7, 8, 9])
  database.replace()
  assert.deepEqual(rows(), [2, 3, 4, 5, 6, 7, 8, 9])
  await journal.close()
})

test('no trigger is left on the events: SQLite writes each of them three times as slowly with one', () => {
  const triggers = fresh()
    .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'")
    .all()
  assert.deepEqual(triggers, [])
})
