/**
 * What the event stream costs the server: CPU per event and reader, beside `ws` that stringifies and sends every
 * event to every reader, in one run; and what a hundred readers who never read cost in memory.
 */
import { once } from 'node:events'
import { ask, median, type Server, start, startServer } from './_children.ts'
import type { ReadersOrder } from './_events-readers.ts'
import type { EventOrder, EventResult } from './_events-server.ts'

const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
const durationMs = Number(process.env.BENCH_MS ?? 2000)
const readers = 100
const perSecond = 500

const load = start('./_events-readers.ts')
const bare = await startServer('./_events-server.ts', 'bare')
const ours = await startServer('./_events-server.ts', 'ours')

async function run(server: Server, readersOrder: Omit<ReadersOrder, 'port'>, order: EventOrder) {
  await ask(load, { ...readersOrder, port: server.port })
  const result = await ask<EventResult>(server.child, order)
  const closed = once(load, 'message')
  load.send('close')
  const [{ counted }] = (await closed) as [{ counted: number }]
  return { ...result, counted }
}

async function cost(server: Server, path: string): Promise<number> {
  const { events, counted, cpuMicroseconds } = await run(
    server,
    { path, readers, deaf: false },
    { perSecond, durationMs },
  )
  if (counted < events) throw new Error(`${path}: ${counted} of ${events} events came`)
  return cpuMicroseconds / events / readers
}

console.log(
  `Event stream, ${readers} readers, ${perSecond} events/s, ${rounds} rounds; Node ${process.version}`,
)
const results = { bare: [] as number[], each: [] as number[], batched: [] as number[] }
for (let round = 0; round < rounds; round += 1) {
  results.bare.push(await cost(bare, '/'))
  results.each.push(await cost(ours, '/ws/diagnostics'))
  results.batched.push(await cost(ours, '/ws/diagnostics?batch=50'))
}
const base = median(results.bare)
const row = (name: string, value: number) =>
  console.log(
    `  ${name.padEnd(26)} ${value.toFixed(2).padStart(6)} µs CPU per event and reader, ratio ${(base / value).toFixed(1)}`,
  )
row('bare ws', base)
row('/ws/diagnostics', median(results.each))
row('/ws/diagnostics?batch=50', median(results.batched))

const flood = { perSecond: 20_000, durationMs: 3000 }
// The journal itself fills first, so that what grows afterwards is the readers'.
const { rssBytes: before } = await ask<EventResult>(ours.child, { perSecond: 50_000, durationMs: 3000 })
const flooded = await run(ours, { path: '/ws/diagnostics', readers, deaf: true }, flood)
const grownMiB = (flooded.rssBytes - before) / 1024 / 1024
console.log(
  `  ${readers - 1} readers who never read, ${flooded.events} events: memory grew by ${grownMiB.toFixed(0)} MiB, bound ${readers} MiB`,
)
for (const child of [load, bare.child, ours.child]) child.disconnect()
