/**
 * A server of the echo benchmark: `bare` is `ws` echoing strings, `watched` is that one given to `instrument`, `ours` is `/ws/echo`, `kept` the same with its journal in
 * a file. Speaks over IPC.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocketServer } from 'ws'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import { Database } from '#server/database/database.ts'
import { instrument } from '#server/instrument/instrument.ts'
import { createFileJournal } from '#server/journal/file.ts'
import type { Journal } from '#server/journal/journal.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { logJournal } from '#server/log/log.ts'

const start = {
  bare: startBare,
  watched: () => startBare(true),
  ours: () => startOurs(createMemoryJournal({ capacity: 10_000, instance: 'bench' })),
  kept: startKept,
}

function startBare(isWatched = false): Promise<number> {
  return new Promise((resolve) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
    if (isWatched) instrument(server, { log: false, openTelemetry: false, onEvent: () => {} })
    server.on('connection', (socket) => {
      socket.on('message', (data) => socket.send(data.toString()))
    })
  })
}

function startKept(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'why1006-echo-'))
  process.on('exit', () => rmSync(folder, { recursive: true }))
  const database = new Database(join(folder, 'journal.db'))
  return startOurs(createFileJournal({ database, keep: {}, instance: 'bench' }))
}

async function startOurs(journal: Journal): Promise<number> {
  const result = readConfig({ PORT: '0', WS_MAX_CONNECTIONS: '30000' })
  if (!result.ok) throw new Error(result.problems.join('\n'))
  // Lines are made and thrown away: what a terminal costs is not the server's.
  logJournal(journal, { format: 'text', level: 'info', write: () => {} })
  const app = await createApp({ config: result.config, journal, version: 'bench' })
  return app.site.port
}

const which = process.argv[2] as keyof typeof start
const port = await start[which]()
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port })
