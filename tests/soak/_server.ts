/** The server of the soak, its journal in a file as `npm start` has it. Tells what it holds, and what its journal has of the connections. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import { openKeeping } from '#server/keeping.ts'

/** What a server holds, its garbage collected. */
export interface Held {
  readonly heapBytes: number
  readonly rssBytes: number
  /** Undefined where the system does not tell. */
  readonly descriptors: number | undefined
  readonly sessions: number
}

/** What the journal has of the connections of the soak, which carry a trace. */
export interface Accounted {
  readonly accepted: number
  readonly disconnected: number
  readonly pongTimeouts: number
  /** Traces with another number of beginnings or ends than one. */
  readonly uneven: number
}

export type Order = { readonly ask: 'held' } | { readonly ask: 'accounted' }

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const folder = mkdtempSync(join(tmpdir(), 'why1006-soak-'))
const result = readConfig({ PORT: '0', JOURNAL: `sqlite:${join(folder, 'journal.db')}` })
if (!result.ok) throw new Error(result.problems.join('\n'))
const { journal, reports, close } = openKeeping(result.config, 'soak')
const app = await createApp({ config: result.config, journal, reports, version: 'soak' })

function held(): Held {
  collectGarbage()
  collectGarbage()
  const { heapUsed, rss } = process.memoryUsage()
  return {
    heapBytes: heapUsed,
    rssBytes: rss,
    descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : undefined,
    sessions: app.sessions.size,
  }
}

async function accounted(): Promise<Accounted> {
  const ends = new Map<string, { accepted: number; disconnected: number }>()
  let pongTimeouts = 0
  let after: string | undefined
  for (;;) {
    const kinds = ['accepted', 'disconnected', 'pong_timeout'] as const
    const page = await journal.read({ after, limit: 10_000, filter: { kinds: [...kinds] } })
    for (const { event } of page.records) {
      if (!('trace' in event) || typeof event.trace !== 'string') continue
      if (event.kind === 'pong_timeout') pongTimeouts += 1
      if (event.kind !== 'accepted' && event.kind !== 'disconnected') continue
      const counts = ends.get(event.trace) ?? { accepted: 0, disconnected: 0 }
      counts[event.kind] += 1
      ends.set(event.trace, counts)
    }
    if (!page.more) break
    after = page.position ?? undefined
  }
  const all = [...ends.values()]
  return {
    accepted: all.reduce((sum, { accepted }) => sum + accepted, 0),
    disconnected: all.reduce((sum, { disconnected }) => sum + disconnected, 0),
    pongTimeouts,
    uneven: all.filter(({ accepted, disconnected }) => accepted !== 1 || disconnected !== 1).length,
  }
}

process.on('message', async ({ ask }: Order) => {
  process.send?.(ask === 'held' ? held() : await accounted())
})
process.on('disconnect', async () => {
  await app.close(0)
  await close()
  rmSync(folder, { recursive: true })
  process.exit(0)
})
process.send?.({ port: app.site.port })
