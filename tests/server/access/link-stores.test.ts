import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createFileLinks } from '#server/access/file-links.ts'
import { createMemoryLinks } from '#server/access/link-store.ts'
import { createLinks } from '#server/access/links.ts'
import { createSharedLinks } from '#server/access/shared-links.ts'
import { Database } from '#server/database/database.ts'
import { createOwnFacts } from '#server/redis/facts.ts'
import { conforms } from '#tests/server/access/link-conformance.ts'

const folder = mkdtempSync(join(tmpdir(), 'why1006-links-'))
const databases: Database[] = []
after(() => {
  for (const database of databases) database.close()
  rmSync(folder, { recursive: true })
})

conforms('in memory', createMemoryLinks)

conforms('of several instances', () => createSharedLinks(createOwnFacts()))

conforms('in a file', () => {
  const database = new Database(join(folder, `${databases.length}.db`))
  databases.push(database)
  return createFileLinks(database)
})

test('a link opens the same after a restart, until it expires; its secret is not in the file', async () => {
  const file = join(folder, 'restart.db')
  let database = new Database(file)
  let nowMs = 1000
  const made = await createLinks(createFileLinks(database), () => nowMs).create(
    { kind: 'report', report: 'r' },
    500,
  )
  assert.ok(made)
  database.close()
  assert.equal(readFileSync(file).includes(made.secret), false)
  database = new Database(file)
  const links = createLinks(createFileLinks(database), () => nowMs)
  assert.deepEqual(await links.open(made.secret), made.link)
  nowMs = 1500
  assert.equal(await links.open(made.secret), undefined)
  assert.deepEqual(await createFileLinks(database).list(), [])
  database.close()
})
