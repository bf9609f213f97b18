/** What was acknowledged is kept, however the server ends, and what was sent twice counts once after it, too. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ingestAnswer } from '#lib/api/ingest.ts'
import { Database } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'
import { startProcess } from '#tests/server/support/process.ts'

const BATCH = 200
/** Seconds since 1970, within what the journal keeps: an hour ago. */
const BEGIN = Math.floor(Date.now() / 1000) - 3600

const lines = (first: number) =>
  Array.from({ length: BATCH }, (_, index) =>
    JSON.stringify({
      kind: 'traffic',
      id: `e-${first + index}`,
      at: BEGIN + first + index,
      instance: 'api-1',
      service: 'api',
      client_id: 'c-1',
      endpoint: '/socket',
      messages_in: 1,
      messages_out: 1,
      bytes_in: 1,
      bytes_out: 1,
    }),
  ).join('\n')

const post = async (port: number, body: string) => {
  const headers = { 'Content-Type': 'application/x-ndjson' }
  const response = await fetch(`http://127.0.0.1:${port}/api/ingest`, { method: 'POST', headers, body })
  assert.equal(response.status, 202)
  return ingestAnswer.parse(await response.json())
}

test('kill -9 between two batches loses nothing that was acknowledged, and a repeated batch counts once', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'why1006-ingest-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'journal.db')
  const env = { JOURNAL: `sqlite:${file}`, HOST: '127.0.0.1' }

  const first = startProcess({ env })
  const port = await first.listening
  for (const number of [0, 1, 2]) assert.equal((await post(port, lines(number * BATCH))).taken, BATCH)
  first.child.kill('SIGKILL')
  await first.exit

  const second = startProcess({ env })
  const { taken, repeated } = await post(await second.listening, lines(2 * BATCH))
  assert.deepEqual([taken, repeated], [0, BATCH])
  second.child.kill('SIGKILL')
  await second.exit

  const database = new Database(file)
  const journal = createFileJournal({ database, keep: {}, instance: 'reader' })
  const { records } = await journal.read({ limit: 10_000, filter: { kinds: ['traffic'] } })
  await journal.close()
  database.close()
  assert.deepEqual(
    records.map(({ event }) => event.source_id),
    Array.from({ length: 3 * BATCH }, (_, number) => `e-${number}`),
  )
})
