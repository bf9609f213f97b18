import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { Database } from '#server/database/database.ts'
import { MIGRATIONS } from '#server/database/migrations.ts'
import { createFileReports } from '#server/reports/file.ts'
import { encodeJson } from '#server/wire/json.ts'
import { conforms } from '#tests/server/reports/conformance.ts'

const folder = mkdtempSync(join(tmpdir(), 'why1006-reports-'))
const databases: Database[] = []
after(() => {
  for (const database of databases) database.close()
  rmSync(folder, { recursive: true })
})

conforms('in a file', (bounds) => {
  const database = new Database(join(folder, `${databases.length}.db`))
  databases.push(database)
  return createFileReports(database, bounds)
})

/** As the first version wrote it: everything of a report in one row. */
function oldFile(name: string, reports: number): string {
  const file = join(folder, name)
  const db = new DatabaseSync(file)
  db.exec(MIGRATIONS[0] ?? '')
  db.exec('PRAGMA user_version = 1')
  const insert = db.prepare(
    'INSERT INTO reports (id, created, url, leading, judged, bytes) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const leading = JSON.stringify({ outcome: 'fault', cause: 'rate-limited', certainty: 'proven' })
  for (let at = 0; at < reports; at++) {
    const judged = encodeJson({ report: {}, evidence: { body: 'x'.repeat(5000) } })
    insert.run(`r${at}`, at, 'wss://Shop.example/ws', leading, judged, judged.length)
  }
  db.close()
  return file
}

const found = async (database: Database) =>
  createFileReports(database).list({ limit: 500, target: 'shop.example', text: ['rate-limited'] })

test('a file of the first version is read on: its reports are listed, found and whole', async () => {
  const database = new Database(oldFile('first.db', 3))
  databases.push(database)
  const { reports } = await found(database)
  assert.deepEqual(
    reports.map(({ id, cause }) => [id, cause]),
    [2, 1, 0].map((at) => [`r${at}`, 'rate-limited']),
  )
  const kept = await createFileReports(database).get('r1')
  assert.equal(JSON.parse(new TextDecoder().decode(kept?.judged)).evidence.body.length, 5000)
  assert.equal(database.prepare('SELECT COUNT(*) AS count FROM report_bodies').get()?.count, 3)
})

test('of a damaged file of the first version, the reports that can be read are kept', async () => {
  const file = oldFile('damaged.db', 100)
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(40_000, 0xff), 0, 40_000, Math.floor(statSync(file).size / 2))
  closeSync(handle)
  const { database, aside } = Database.open(file)
  databases.push(database)
  assert.notEqual(aside, undefined)
  const { reports } = await found(database)
  assert.ok(reports.length > 30, `${reports.length} of 100 are left`)
  const store = createFileReports(database)
  for (const { id } of reports) assert.notEqual(await store.get(id), undefined, id)
})

test('what makes room takes all of a report along', async () => {
  const database = new Database(join(folder, 'room.db'))
  databases.push(database)
  const store = createFileReports(database, { capacity: 2 })
  for (const id of ['a', 'b', 'c', 'd']) {
    const judged = encodeJson({ report: {}, evidence: {} })
    await store.add({ id, created: 1, leading: { outcome: 'healthy' }, words: '', judged })
  }
  assert.equal(database.prepare('SELECT COUNT(*) AS count FROM report_bodies').get()?.count, 2)
})
