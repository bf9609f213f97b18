/**
 * Whether heartbeats keep their time: 500 connections pinged every second, over ten beats. Prints how far the average
 * interval of each connection lies from a second, how far single intervals do, and what it costs the server.
 */
import { ask, startServer } from './_children.ts'
import { openPinged } from './_pinged.ts'

const connections = Number(process.env.BENCH_CONNECTIONS ?? 500)
const beats = 10
const intervalMs = 1000

const server = await startServer('./_echo-server.ts', 'ours')
const cpu = async () => (await ask<{ cpuMicroseconds: number }>(server.child, {})).cpuMicroseconds

const all = Array.from({ length: connections }, () => {
  const times: number[] = []
  const path = `/ws?ping_interval=${intervalMs / 1000}`
  return { times, socket: openPinged(server.port, path, () => times.push(performance.now())) }
})
const before = await cpu()
const startedAt = performance.now()
while (
  all.some(({ times }) => times.length <= beats) &&
  performance.now() - startedAt < 3 * beats * intervalMs
) {
  await new Promise((resolve) => setTimeout(resolve, 100))
}
const cpuMs = ((await cpu()) - before) / 1000
const elapsedMs = performance.now() - startedAt
for (const { socket } of all) socket.destroy()

const averages = all
  .map(({ times }) =>
    Math.abs(((times[beats] ?? Number.NaN) - (times[0] ?? Number.NaN)) / beats - intervalMs),
  )
  .toSorted((a, b) => a - b)
const singles = all
  .flatMap(({ times }) =>
    times.slice(1, beats + 1).map((at, index) => Math.abs(at - (times[index] ?? 0) - intervalMs)),
  )
  .toSorted((a, b) => a - b)
const at = (values: readonly number[], share: number) =>
  (values[Math.floor((values.length - 1) * share)] ?? 0).toFixed(1)
console.log(
  `${connections} connections, ${beats} beats of ${intervalMs} ms; Node ${process.version}\n` +
    `  average of a connection: off by ${at(averages, 0.5)} ms (median), ${at(averages, 1)} ms (most), limit ${intervalMs * 0.05} ms\n` +
    `  a single interval: off by ${at(singles, 0.5)} ms (median), ${at(singles, 0.99)} ms (p99)\n` +
    `  server CPU: ${((cpuMs / elapsedMs) * 100).toFixed(1)} % of a core, with the handshakes`,
)
server.child.disconnect()
