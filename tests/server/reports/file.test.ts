import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { Database } from '#server/database/database.ts'
import { createFileReports } from '#server/reports/file.ts'
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
