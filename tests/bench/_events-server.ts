/**
 * A server of the event-stream benchmark, told over IPC how many events to make and how fast. `bare` stringifies
 * and sends each event once per reader with `ws`; `ours` appends it to the journal.
 */
import { WebSocket, WebSocketServer } from 'ws'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import type { EventDraft } from '#server/journal/journal.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'

export interface EventOrder {
  readonly perSecond: number
  readonly durationMs: number
}

export interface EventResult {
  readonly events: number
  readonly cpuMicroseconds: number
  readonly rssBytes: number
}

type Emit = (draft: EventDraft) => void

const draftOf = (index: number): EventDraft => ({
  kind: 'heartbeat',
  client_id: 'c-0123456789ab',
  endpoint: '/ws/health',
  trace: 'bench-trace',
  ping_number: index + 1,
  rtt_ms: 1.234,
})

async function startBare(): Promise<{ port: number; emit: Emit }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  let count = 0
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    emit: (draft) => {
      const event = {
        id: String(++count).padStart(20, '0'),
        at: Date.now() / 1000,
        instance: 'bench',
        ...draft,
      }
      for (const client of server.clients) {
        if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify({ type: 'event', event }))
      }
    },
  }
}

async function startOurs(): Promise<{ port: number; emit: Emit }> {
  const result = readConfig({ PORT: '0' })
  if (!result.ok) throw new Error(result.problems.join('\n'))
  const journal = createMemoryJournal({ capacity: 100_000, instance: 'bench' })
  const app = await createApp({ config: result.config, journal, version: 'bench' })
  return { port: app.site.port, emit: (draft) => journal.append(draft) }
}

/** Bursts of 10 ms, as a server's events come: several a turn of the loop. */
async function emitAll({ perSecond, durationMs }: EventOrder, emit: Emit): Promise<number> {
  const startedAt = performance.now()
  let made = 0
  while (performance.now() - startedAt < durationMs) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond)
    for (; made < due; made += 1) emit(draftOf(made))
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return made
}

const { port, emit } = process.argv[2] === 'bare' ? await startBare() : await startOurs()
process.on('message', async (order: EventOrder) => {
  const before = process.cpuUsage()
  const events = await emitAll(order, emit)
  // What still waits in a batch or a socket belongs to the cost.
  await new Promise((resolve) => setTimeout(resolve, 200))
  const { user, system } = process.cpuUsage(before)
  const result: EventResult = { events, cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() }
  process.send?.(result)
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port })
