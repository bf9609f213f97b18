/** The journal in a file: events a second that it takes, and how long a page of a million takes, with and without a filter. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'
import type { EventDraft } from '#server/journal/journal.ts'

const EVENTS = 1_000_000
const BATCH = 5000

const folder = mkdtempSync(join(tmpdir(), 'why1006-bench-'))
const database = new Database(join(folder, 'journal.db'))
const journal = createFileJournal({ database, keep: {}, instance: 'bench' })

const draft = (number: number): EventDraft =>
  number % 997 === 0
    ? { kind: 'error', code: 'bench', message: 'one of a thousand' }
    : {
        kind: 'heartbeat',
        client_id: `client-${number % 500}`,
        endpoint: '/ws',
        ping_number: number,
        rtt_ms: 1.25,
      }

const started = performance.now()
for (let number = 0; number < EVENTS; number++) {
  journal.append(draft(number))
  if (number % BATCH === BATCH - 1) await journal.bounds()
}
const seconds = (performance.now() - started) / 1000
process.stdout.write(
  `${Math.round(EVENTS / seconds / 1000)},000 events/s committed, ${Math.round(database.bytes / EVENTS)} bytes an event\n`,
)

for (const [name, query] of Object.entries({
  'last 100': { limit: 100, fromEnd: true },
  'last 100 errors': { limit: 100, fromEnd: true, filter: { kinds: ['error'] as const } },
  'last 100 of two kinds': {
    limit: 100,
    fromEnd: true,
    filter: { kinds: ['error', 'disconnected'] as const },
  },
  'first 100 of a client': { limit: 100, filter: { clientId: 'client-7' } },
})) {
  const before = performance.now()
  await journal.read(query)
  process.stdout.write(`${name}: ${(performance.now() - before).toFixed(1)} ms\n`)
}
await journal.close()
database.close()
rmSync(folder, { recursive: true })
