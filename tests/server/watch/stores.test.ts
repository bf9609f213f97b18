import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { Database } from '#server/database/database.ts'
import { createFileWatches } from '#server/watch/file.ts'
import { createMemoryWatches } from '#server/watch/store.ts'
import { conforms } from '#tests/server/watch/conformance.ts'

const folder = mkdtempSync(join(tmpdir(), 'why1006-watches-'))
const databases: Database[] = []
after(() => {
  for (const database of databases) database.close()
  rmSync(folder, { recursive: true })
})

conforms('in memory', createMemoryWatches)

conforms('in a file', () => {
  const database = new Database(join(folder, `${databases.length}.db`))
  databases.push(database)
  return createFileWatches(database)
})
