/**
 * What an echo costs: server CPU per message of `/ws/echo` beside a bare `ws` that echoes strings, in one run.
 *
 * Both servers and the load are processes of their own, and rounds alternate. Ratio = cost of bare `ws` divided by
 * ours, above 1 we are cheaper: the median of what each round gives against its neighbour, since a machine that
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
const ours = await startServer('./_echo-server.ts', 'ours')

console.log(`Echo, ${rounds} alternating rounds of ${durationMs} ms, medians; Node ${process.version}`)
for (const { name, payloadBytes, inFlight, target } of cases) {
  const order = { connections: 64, inFlight, payloadBytes, durationMs }
  await measure(bare, load, { ...order, durationMs: 300 })
  await measure(ours, load, { ...order, durationMs: 300 })
  const results: { bare: Measurement[]; ours: Measurement[] } = { bare: [], ours: [] }
  for (let round = 0; round < rounds; round += 1) {
    results.bare.push(await measure(bare, load, order))
    results.ours.push(await measure(ours, load, order))
  }
  const cost = (all: readonly Measurement[]) => median(all.map((one) => one.microsecondsPerMessage))
  const rate = (all: readonly Measurement[]) => Math.round(median(all.map((one) => one.messagesPerSecond)))
  const ratio = median(
    results.ours.map((ours, round) => {
      const beside = results.bare[round]?.microsecondsPerMessage ?? Number.NaN
      return beside / ours.microsecondsPerMessage
    }),
  )
  console.log(
    `${name}\n` +
      `  bare ws   ${cost(results.bare).toFixed(2)} µs CPU per message, ${rate(results.bare)} messages/s\n` +
      `  /ws/echo  ${cost(results.ours).toFixed(2)} µs CPU per message, ${rate(results.ours)} messages/s\n` +
      `  ratio     ${ratio.toFixed(2)}${target === undefined ? '' : ` (target ${target})`}`,
  )
}
for (const child of [load, bare.child, ours.child]) child.disconnect()
