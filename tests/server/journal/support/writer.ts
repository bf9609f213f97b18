/** Appends to a journal in a file for as long as it lives, and prints the cursor of what is committed. */
import { Database } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'

const [file = ''] = process.argv.slice(2)
const journal = createFileJournal({ database: new Database(file), keep: {}, instance: 'writer' })
for (;;) {
  for (let count = 0; count < 50; count++) journal.append({ kind: 'server', state: 'started' })
  const { latest } = await journal.bounds()
  process.stdout.write(`${latest}\n`)
  await new Promise(setImmediate)
}
