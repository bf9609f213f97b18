/** The server of the ingest benchmark: its journal in a file, as npm start has it. Tells its cost, and what is kept. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import { openKeeping } from '#server/keeping.ts'

const folder = mkdtempSync(join(tmpdir(), 'why1006-bench-'))
const result = readConfig({ PORT: '0', JOURNAL: `sqlite:${join(folder, 'journal.db')}` })
if (!result.ok) throw new Error(result.problems.join('\n'))
const { journal, close } = openKeeping(result.config, 'bench')
const app = await createApp({ config: result.config, journal, version: 'bench' })

async function countOf(kinds: readonly 'traffic'[]): Promise<number> {
  let count = 0
  let after: string | undefined
  for (;;) {
    const page = await journal.read({ after, limit: 10_000, filter: { kinds } })
    count += page.records.length
    if (!page.more) return count
    after = page.position ?? undefined
  }
}

process.on('message', async (order: { count?: true }) => {
  const { user, system } = process.cpuUsage()
  process.send?.({
    cpuMicroseconds: user + system,
    rssBytes: process.memoryUsage.rss(),
    ...(order.count && { kept: await countOf(['traffic']) }),
  })
})
process.on('disconnect', async () => {
  await app.close(0)
  await close()
  rmSync(folder, { recursive: true })
  process.exit(0)
})
process.send?.({ port: app.site.port })
