/**
 * What a child process of the lab runs: a whole server of ours, without pages, that may be stalled or killed. Its
 * events go to the journal of the server that started it. It ends with that server, however that ends.
 */
import { type App, createApp } from '#server/app.ts'
import type { Config } from '#server/config/config.ts'
import type { JournalRecord } from '#server/journal/journal.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import type { FromChild, ToChild } from '#server/lab/own-processes.ts'

const journal = createMemoryJournal({ capacity: 1000, instance: 'lab' })
let app: App | undefined

const tell = (message: FromChild, told?: () => void) => process.send?.(message, undefined, {}, told)

function draftOf({ event }: JournalRecord) {
  const { id: _id, at: _at, instance: _instance, ...draft } = event
  return draft
}

async function start(config: Config): Promise<void> {
  // Its own start and end are no news: only its connections are.
  journal.subscribe((records) =>
    tell({ type: 'events', drafts: records.filter(({ event }) => event.kind !== 'server').map(draftOf) }),
  )
  app = await createApp({ config, journal, version: 'lab' })
  tell({ type: 'listening', port: app.site.port })
}

/** The last events still go out. */
async function end(): Promise<void> {
  await app?.close(0)
  await journal.close()
  tell({ type: 'events', drafts: [] }, () => process.exit())
}

/** Stands still without using the processor: nothing in this process runs until the time is over. */
function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

process.on('message', (message: ToChild) => {
  if (message.type === 'start') {
    start(message.config).catch((error: unknown) => tell({ type: 'failed', message: String(error) }))
  } else if (message.type === 'stall') {
    tell({ type: 'stalling' }, () => stall(message.ms))
  } else {
    end().catch(() => process.exit())
  }
})
process.on('disconnect', () => process.exit())
