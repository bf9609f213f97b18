import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Database } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'
import type { EventDraft } from '#server/journal/journal.ts'
import { addTextBlocks, BLOCK_EVENTS, stretchesWith } from '#server/journal/text-blocks.ts'
import { thinHeartbeats } from '#server/journal/thin.ts'

const folder = mkdtempSync(join(tmpdir(), 'why1006-texts-'))
const databases: Database[] = []
after(() => {
  for (const database of databases) database.close()
  rmSync(folder, { recursive: true })
})

const EVENTS = 12 * BLOCK_EVENTS + 300
/** One of them has words of its own. */
const MARKED = 5 * BLOCK_EVENTS + 17

const draft = (number: number): EventDraft =>
  number === MARKED
    ? { kind: 'error', code: 'marked', message: 'The “Straße” said: Kelvin K\u212a, "quoted" and a \\ sign' }
    : { kind: 'heartbeat', client_id: `client-${number}`, endpoint: '/ws', ping_number: number, rtt_ms: 1 }

/** @param isIndexed whether all whole blocks are there */
async function journalOf({ isIndexed }: { isIndexed: boolean }) {
  const database = new Database(join(folder, `${databases.length}.db`))
  databases.push(database)
  let nowMs = 1_000_000_000_000
  const journal = createFileJournal({ database, keep: {}, instance: 'test', now: () => nowMs++ })
  for (let number = 0; number < EVENTS; number++) journal.append(draft(number))
  await journal.bounds()
  if (isIndexed) assert.equal(addTextBlocks(database, Number.POSITIVE_INFINITY), false)
  return { database, journal, nowMs }
}

async function found(journal: Awaited<ReturnType<typeof journalOf>>['journal'], text: string, limit = 50) {
  const messages: unknown[] = []
  for (let before: string | undefined | null; before !== null; ) {
    const page = await journal.read({ limit, fromEnd: true, before, filter: { text } })
    messages.unshift(...page.records.map(({ event }) => event.client_id ?? event.kind))
    before = page.earlier
  }
  return messages
}

const texts = [
  'STRASSE',
  'straße',
  'said: kelvin kk',
  'in K',
  'quoted" and',
  '\\ sign',
  `client-${MARKED + 1}`,
  `CLIENT-${EVENTS - 1}`,
  'client-120',
  'nowhere at all',
  'ws',
]

test('a search by text finds the same with the index as without it', async () => {
  const plain = await journalOf({ isIndexed: false })
  const indexed = await journalOf({ isIndexed: true })
  const [{ blocks } = {}] = indexed.database.prepare('SELECT COUNT(*) AS blocks FROM text_blocks').all()
  assert.equal(blocks, 12)
  for (const text of texts) {
    const expected = text === 'ws' ? 50 : undefined
    if (expected !== undefined) {
      const page = await indexed.journal.read({ limit: 50, fromEnd: true, filter: { text } })
      assert.equal(page.records.length, expected)
    } else assert.deepEqual(await found(indexed.journal, text), await found(plain.journal, text), text)
  }
  await plain.journal.close()
  await indexed.journal.close()
})

test('what a block tells to be elsewhere is passed by, and what has no block yet is not', async () => {
  const { database, journal } = await journalOf({ isIndexed: true })
  const rows = async (text: string) => {
    let count = 0
    for await (const { from, to } of stretchesWith(database, { from: '', to: '~' }, text, async () => {})) {
      const [row] = database.prepare('SELECT COUNT(*) AS n FROM events WHERE id > ? AND id < ?').all(from, to)
      count += Number(row?.n)
    }
    return count
  }
  assert.equal(await rows('said: kelvin'), BLOCK_EVENTS + 300)
  assert.equal(await rows('gremlins'), 300)
  assert.equal(await rows('ws'), EVENTS)
  await journal.close()
})

test('heartbeats that were put together are found by what they say then, with few blocks for few events', async () => {
  const { database, journal, nowMs } = await journalOf({ isIndexed: true })
  thinHeartbeats(database, nowMs + 7_200_000, Number.POSITIVE_INFINITY)
  const left = Number(database.prepare('SELECT COUNT(*) AS n FROM events').get()?.n)
  const covered = database.prepare('SELECT COUNT(*) AS blocks, SUM(events) AS n FROM text_blocks').get()
  assert.ok(left <= EVENTS && Number(covered?.n) <= left)
  assert.deepEqual(await found(journal, 'client-6017'), ['client-6017'])
  await journal.close()
})

test('the index goes with the events that make room', async () => {
  const database = new Database(join(folder, 'room.db'))
  databases.push(database)
  const journal = createFileJournal({ database, keep: { events: 2 * BLOCK_EVENTS }, instance: 'test' })
  for (let number = 0; number < 4 * BLOCK_EVENTS; number++) journal.append(draft(number))
  await journal.settled()
  addTextBlocks(database, Number.POSITIVE_INFINITY)
  for (let number = 0; number < 4 * BLOCK_EVENTS; number++) {
    journal.append(draft(number))
    if (number % 100 === 0) await journal.bounds()
  }
  const oldest = database.prepare('SELECT MIN(id) AS id FROM events').get()?.id
  const stale = database.prepare('SELECT COUNT(*) AS n FROM text_blocks WHERE last < ?').get(String(oldest))
  assert.equal(stale?.n, 0)
  await journal.close()
})
