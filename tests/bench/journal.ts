/**
 * The journal in a file: events a second that it takes; whether it takes 50,000 a second for a minute, and how long the
 * event loop is held meanwhile; and how long a page of a million takes, with and without a filter.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Database } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'
import type { EventDraft } from '#server/journal/journal.ts'

const EVENTS = 1_000_000
const BATCH = 5000
const RATE = 50_000
const SUSTAINED_SECONDS = Number(process.env.BENCH_SECONDS ?? 60)

const folder = mkdtempSync(join(tmpdir(), 'why1006-bench-'))
const database = new Database(join(folder, 'journal.db'))
const journal = createFileJournal({ database, keep: {}, instance: 'bench' })

/** One of a thousand an error, one of ten an end, of which a fifth was cut after a minute of silence; the rest heartbeats. */
function draft(number: number): EventDraft {
  if (number % 997 === 0) return { kind: 'error', code: 'bench', message: 'one of a thousand' }
  const of = { client_id: `client-${number % 500}`, endpoint: number % 5000 === 0 ? '/ws/rare' : '/ws' }
  if (number % 10 > 0) return { kind: 'heartbeat', ...of, ping_number: number, rtt_ms: 1.25 }
  const isCut = number % 50 === 0
  return {
    kind: 'disconnected',
    ...of,
    close_code: isCut ? 1006 : 1000,
    reason: '',
    duration_ms: (number * 7919) % 3_600_000,
    silence_ms: isCut ? 60_000 + (number % 37) : (number * 104_729) % 600_000,
    pings: 3,
    pongs: 3,
    initiator: isCut ? 'network' : 'client',
  }
}

async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const before = performance.now()
  const result = await work()
  const ms = (performance.now() - before).toFixed(1)
  const said = typeof result === 'object' ? '' : ` (${result})`
  process.stdout.write(`${name}: ${ms} ms${said}\n`)
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

/** As a server gets them: some every few milliseconds, and nobody waits for the file. */
async function sustained(): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const startedAt = performance.now()
  const elapsed = () => (performance.now() - startedAt) / 1000
  let number = 0
  let processorUs = process.cpuUsage().user
  delay.enable()
  while (elapsed() < SUSTAINED_SECONDS) {
    for (const due = elapsed() * RATE; number < due; number++) journal.append(draft(number))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const appendedIn = elapsed()
  await journal.bounds()
  delay.disable()
  processorUs = process.cpuUsage().user - processorUs
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(0)
  process.stdout.write(
    `${Math.round(number / appendedIn)} events/s for ${SUSTAINED_SECONDS} s, committed ${((elapsed() - appendedIn) * 1000).toFixed(0)} ms after the last; ` +
      `${(processorUs / 1e4 / elapsed()).toFixed(0)} % of a core; loop held for ${ms(delay.percentile(50))} ms, ` +
      `${ms(delay.percentile(99))} ms in 1 of 100, ${ms(delay.max)} ms at most\n`,
  )
}

await sustained()

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
  await timed(name, () => journal.read(query))
}

const ends = { kinds: ['rejected', 'disconnected'] } as const
for (const [name, filter] of Object.entries({
  'ends with 1006': { ...ends, code: 1006 },
  'ends of a rare path': { ...ends, path: '/ws/rare' },
  'events of a rare path': { path: '/ws/rare' },
  'events of a path that nobody asked for': { path: '/ws/nowhere' },
  'events with a text that is nowhere': { text: 'no such text' },
})) {
  await timed(`newest 100 ${name}`, async () => {
    const { records, earlier } = await journal.read({ limit: 100, fromEnd: true, filter })
    return `${records.length} found${records.length < 100 && earlier !== null ? ', not all looked at' : ''}`
  })
}
await timed('all ends counted', async () => (await journal.ends({})).count)
await timed('ends with 1006 counted', async () => (await journal.ends({ filter: { code: 1006 } })).count)
await timed('outline of all', async () => (await journal.outline({}))?.count)
await timed('outline of the ends with 1006', async () => {
  return (await journal.outline({ filter: { ...ends, code: 1006 } }))?.count
})
await timed('a text that is nowhere, to the end', async () => {
  let pages = 0
  for (let before: string | undefined | null; before !== null; pages++) {
    const page = await journal.read({ limit: 100, fromEnd: true, before, filter: { text: 'no such text' } })
    before = page.earlier
  }
  return `${pages} pages`
})
await journal.close()
database.close()
rmSync(folder, { recursive: true })
