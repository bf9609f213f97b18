import assert from 'node:assert/strict'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Database, DatabaseError } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'

const folder = mkdtempSync(join(tmpdir(), 'why1006-database-'))
after(() => rmSync(folder, { recursive: true }))

test('the folder and the file are for this user alone', () => {
  const file = join(folder, 'private', 'journal.db')
  new Database(file).close()
  assert.equal(statSync(join(folder, 'private')).mode & 0o777, 0o700)
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('a second server is told that the file is in use, and may have it afterwards', () => {
  const file = join(folder, 'one.db')
  const first = new Database(file)
  assert.throws(
    () => new Database(file),
    (error) => error instanceof DatabaseError && error.problem === 'in-use',
  )
  first.close()
  new Database(file).close()
})

test('a file of a newer version is left alone', () => {
  const file = join(folder, 'newer.db')
  const database = new Database(file)
  database.prepare('PRAGMA user_version = 99').run()
  database.close()
  assert.throws(
    () => Database.open(file),
    (error) => error instanceof DatabaseError && error.problem === 'newer',
  )
})

test('a place that cannot be written is told', {
  skip: process.getuid?.() === 0 && 'root may write anywhere',
}, () => {
  const file = join(folder, 'read-only.db')
  new Database(file).close()
  chmodSync(file, 0o400)
  assert.throws(
    () => new Database(file),
    (error) => error instanceof DatabaseError && error.problem === 'unwritable',
  )
})

test('a folder in place of a file is told', () => {
  assert.throws(
    () => new Database(folder),
    (error) => error instanceof DatabaseError && error.problem === 'unwritable',
  )
})

test('a damaged file is set aside or read on: nothing throws, wherever it was damaged', async () => {
  const file = join(folder, 'damaged.db')
  const database = new Database(file)
  const journal = createFileJournal({ database, keep: {}, instance: 'a' })
  for (let number = 0; number < 2000; number++) journal.append({ kind: 'server', state: 'started' })
  await journal.close()
  database.close()
  const good = readFileSync(file)
  let aside = 0
  for (let place = 0; place < 20; place++) {
    const damaged = join(folder, `damaged-${place}.db`)
    writeFileSync(damaged, good)
    const handle = openSync(damaged, 'r+')
    writeSync(handle, Buffer.alloc(3000, 0xff), 0, 3000, Math.floor((good.length - 3000) * (place / 20)))
    closeSync(handle)
    const opened = Database.open(damaged)
    const reopened = createFileJournal({ database: opened.database, keep: {}, instance: 'b' })
    const own = reopened.append({ kind: 'server', state: 'draining' })
    const all = await reopened.read({ limit: 10_000 })
    // The first page says what is where: without it, all is gone. Each inner page leads to a third; two may be hit at once.
    assert.ok(place === 0 || all.records.length > 500, `${place}: ${all.records.length} events are left`)
    const { records } = await reopened.read({ limit: 10, fromEnd: true })
    assert.ok(
      records.some(({ event }) => event.id === own.event.id),
      `${place}`,
    )
    await reopened.close()
    opened.database.close()
    if (existsSync(`${damaged}.damaged`)) aside++
  }
  assert.ok(aside > 0)
})

test('a folder that can never be made is told, not tried for ever', (context) => {
  if (!existsSync('/proc/self')) return context.skip('there is no /proc here')
  assert.throws(
    () => new Database('/proc/none/deep/journal.db'),
    (error) => error instanceof DatabaseError && error.problem === 'unwritable',
  )
})
