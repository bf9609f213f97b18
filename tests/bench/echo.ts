/**
 * What an echo costs: server CPU per message of `/ws/echo`, with the journal in memory and in a file, and of a `ws`
 * that is watched by `instrument`, beside a bare `ws` that echoes strings, in one run.
 *
 * All servers and the load are processes of their own, and rounds alternate. Ratio = cost of bare `ws` divided by
 * the other's, above 1 that one is cheaper: the median of what each round gives against its neighbour, since a machine that
 * others use is slow in one minute and fast in the next.
 */
import type { ChildProcess } from 'node:child_process'
import { ask, median, type Server, start, startServer } from './_children.ts'
import type { LoadOrder, LoadResult } from './_echo-load.ts'

const rounds = Number(process.env.BENCH_ROUNDS ?? 9)
const durationMs = Number(process.env.BENCH_MS ?? 1000)

const cases = [
  { name: '64 B, 64 connections, 1 in flight', payloadBytes: 64, inFlight: 1, target: 0.9 },
  { name: '64 B, 64 connections, 16 in flight', payloadBytes: 64, inFlight: 16, target: 2 },
  { name: '1 KiB, 64 connections, 1 in flight', payloadBytes: 1024, inFlight: 1, target: undefined },
] as const

interface Measurement {
  readonly microsecondsPerMessage: number
  readonly messagesPerSecond: number
}

async function measure(
  server: Server,
  load: ChildProcess,
  order: Omit<LoadOrder, 'port'>,
): Promise<Measurement> {
  const cpu = () => ask<{ cpuMicroseconds: number }>(server.child, {})
  const before = await cpu()
  const { messages, elapsedMs } = await ask<LoadResult>(load, { ...order, port: server.port })
  const after = await cpu()
  return {
    microsecondsPerMessage: (after.cpuMicroseconds - before.cpuMicroseconds) / messages,
    messagesPerSecond: (messages / elapsedMs) * 1000,
  }
}

const load = start('./_echo-load.ts')
const bare = await startServer('./_echo-server.ts', 'bare')
const others = [
  { name: '/ws/echo', server: await startServer('./_echo-server.ts', 'ours') },
  { name: '… in a file', server: await startServer('./_echo-server.ts', 'kept') },
  { name: 'watched ws', server: await startServer('./_echo-server.ts', 'watched') },
]

console.log(`Echo, ${rounds} alternating rounds of ${durationMs} ms, medians; Node ${process.version}`)
for (const { name, payloadBytes, inFlight, target } of cases) {
  const order = { connections: 64, inFlight, payloadBytes, durationMs }
  for (const server of [bare, ...others.map(({ server }) => server)])
    await measure(server, load, { ...order, durationMs: 300 })
  const bares: Measurement[] = []
  const results = others.map(({ name, server }) => ({ name, server, all: [] as Measurement[] }))
  for (let round = 0; round < rounds; round += 1) {
    bares.push(await measure(bare, load, order))
    for (const { server, all } of results) all.push(await measure(server, load, order))
  }
  const cost = (all: readonly Measurement[]) => median(all.map((one) => one.microsecondsPerMessage))
  const rate = (all: readonly Measurement[]) => Math.round(median(all.map((one) => one.messagesPerSecond)))
  const line = (what: string, all: readonly Measurement[]) =>
    `  ${what.padEnd(11)} ${cost(all).toFixed(2)} µs CPU per message, ${rate(all)} messages/s`
  console.log(`${name}\n${line('bare ws', bares)}`)
  for (const { name, all } of results) {
    const ratio = median(
      all.map(
        (one, round) => (bares[round]?.microsecondsPerMessage ?? Number.NaN) / one.microsecondsPerMessage,
      ),
    )
    const aim = name === '/ws/echo' && target !== undefined ? ` (target ${target})` : ''
    console.log(`${line(name, all)}, ratio ${ratio.toFixed(2)}${aim}`)
  }
}
for (const child of [load, bare.child, ...others.map(({ server }) => server.child)]) child.disconnect()
