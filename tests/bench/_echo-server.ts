/** A server of the echo benchmark: `bare` is `ws` echoing strings, `watched` is that one given to `instrument`, `ours` is `/ws/echo`. Speaks over IPC. */
import { WebSocketServer } from 'ws'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import { instrument } from '#server/instrument/instrument.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'

const start = { bare: startBare, watched: () => startBare(true), ours: startOurs }

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

async function startOurs(): Promise<number> {
  const result = readConfig({ PORT: '0' })
  if (!result.ok) throw new Error(result.problems.join('\n'))
  const journal = createMemoryJournal({ capacity: 10_000, instance: 'bench' })
  const app = await createApp({ config: result.config, journal, version: 'bench' })
  return app.site.port
}

const which = process.argv[2] as keyof typeof start
const port = await start[which]()
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicroseconds: user + system })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port })
