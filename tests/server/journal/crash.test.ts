/** A journal in a file loses nothing that it committed, whatever ends the process. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Database } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'
import { amount } from '#tests/sampling.ts'

const TIMES = amount(4, 2)

const folder = mkdtempSync(join(tmpdir(), 'why1006-crash-'))
after(() => rmSync(folder, { recursive: true }))

/** Lets a process write until it has committed so many batches, and kills it. @returns the last cursor that it told */
async function writeAndDie(file: string, batches: number): Promise<string> {
  const writer = fileURLToPath(new URL('./support/writer.ts', import.meta.url))
  const child = spawn(process.execPath, [writer, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  for await (const chunk of child.stdout) {
    text += chunk
    if (text.split('\n').length > batches) break
  }
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return text.split('\n').slice(0, -1).at(-1) ?? ''
}

test(`kill -9, ${TIMES} times: what was committed is there, and the next start is clean`, async () => {
  const file = join(folder, 'journal.db')
  const told: string[] = []
  for (let time = 0; time < TIMES; time++) {
    told.push(await writeAndDie(file, 1 + ((time * 7) % 12)))
    const database = new Database(file)
    const journal = createFileJournal({ database, keep: {}, instance: 'reader' })
    for (const cursor of told) {
      const page = await journal.read({ after: cursor, limit: 1 })
      assert.equal(page.gap, null, cursor)
    }
    assert.equal(Object.values(database.prepare('PRAGMA quick_check').get() ?? {})[0], 'ok')
    await journal.close()
    database.close()
  }
})
