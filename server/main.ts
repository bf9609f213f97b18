/** The process: environment → config → journal → log → app → pages; the shutdown in reverse. */
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { loadEnvironment } from '#server/environment.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { logJournal } from '#server/log/log.ts'
import { createOutput } from '#server/log/output.ts'
import { loadPages } from '#server/pages.ts'
import { createMemoryReports } from '#server/reports/memory.ts'
import { endWithProcess } from '#server/shutdown.ts'
import packageFile from '../package.json' with { type: 'json' }

const startedAt = performance.now()
const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1)

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const environment = loadEnvironment(resolve('.env'), process.env)
  const result = readConfig(environment)
  if (!result.ok) throw new Error(result.problems.join('\n'))
  const { config } = result
  const dev = process.argv.includes('--dev') || environment.NODE_ENV === 'development'

  // React and Next choose their builds by it when they are loaded.
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })

  // With LOG_FORMAT=json stdout is one JSON object a line, so words for people go to stderr.
  const output = createOutput(1, (lines) =>
    config.logFormat === 'json'
      ? `{"dropped_lines":${lines}}\n`
      : `[WS_DIAGNOSTICS] ${lines} lines dropped, because nobody read the log fast enough\n`,
  )
  const say = (line: string) =>
    config.logFormat === 'json' ? process.stderr.write(`${line}\n`) : output.write(`${line}\n`)

  const instance = `${hostname()}-${process.pid}`
  const journal = createMemoryJournal({ capacity: config.journalSize, instance })
  logJournal(journal, { format: config.logFormat, level: config.logLevel, write: output.write })
  const reports = createMemoryReports()
  const app = await createApp({
    config,
    journal,
    reports,
    version: packageFile.version,
    dev,
    // Sockets and JSON alone, for tests and for machines that have no build of the pages.
    ...(!process.argv.includes('--no-pages') && { pages: (port: number) => loadPages({ dev, port }) }),
  })
  endWithProcess({
    journal,
    say,
    flush: output.flush,
    stop: async () => {
      await app.close()
      await reports.close()
      await journal.close()
    },
  })
  const { port, publicBaseUrl } = app.site
  say(`listening on ${publicBaseUrl} (${app.addresses.map((address) => `${address}:${port}`).join(', ')})`)
  if (!app.pages) return
  await app.pages.ready
  say(`pages are ready after ${seconds()} s`)
}
