/**
 * Events of other servers under load: four senders of 5,000 events a second each, beside 1,000 connections with a heartbeat
 * a second. Prints how far heartbeats stray, what the server spends, and whether all that was acknowledged is kept.
 */
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { ask, start, startServer } from './_children.ts'
import type { SenderOrder, SenderResult } from './_ingest-sender.ts'
import { openPinged } from './_pinged.ts'

const seconds = Number(process.env.BENCH_SECONDS ?? 60)
const connections = Number(process.env.BENCH_CONNECTIONS ?? 1000)
const perSecond = Number(process.env.BENCH_EVENTS ?? 20_000)
const senders = 4
const intervalMs = 1000

interface Cost {
  readonly cpuMicroseconds: number
  readonly rssBytes: number
  readonly kept?: number
}

const { child, port } = await startServer('./_ingest-server.ts', 'ours')

let dropped = 0
let isOver = false
const all: { times: number[]; socket: Socket }[] = []
/** More at once than a busy machine accepts would be reset by its system, not by the server. */
const AT_ONCE = 100
while (all.length < connections) {
  const lot = Array.from({ length: Math.min(AT_ONCE, connections - all.length) }, () => {
    const times: number[] = []
    const socket = openPinged(port, `/ws?ping_interval=${intervalMs / 1000}`, () =>
      times.push(performance.now()),
    )
    socket.on('error', () => {})
    socket.on('close', () => {
      if (!isOver) dropped += 1
    })
    return { times, socket }
  })
  await Promise.all(lot.map(({ socket }) => once(socket, 'data')))
  all.push(...lot)
}
await new Promise((resolve) => setTimeout(resolve, 2 * intervalMs))
for (const { times } of all) times.length = 0

const before = await ask<Cost>(child, {})
const startedAt = performance.now()
const results = await Promise.all(
  Array.from({ length: senders }, async (_, index) => {
    const sender = start('./_ingest-sender.ts', `sender-${index}`)
    const order: SenderOrder = { port, perSecond: perSecond / senders, seconds }
    const result = await ask<SenderResult>(sender, order)
    sender.disconnect()
    return result
  }),
)
const elapsedSeconds = (performance.now() - startedAt) / 1000
const late = all
  .flatMap(({ times }) => times.slice(1).map((at, index) => Math.abs(at - (times[index] ?? 0) - intervalMs)))
  .toSorted((a, b) => a - b)
isOver = true
for (const { socket } of all) socket.destroy()
const { cpuMicroseconds, rssBytes, kept } = await ask<Cost>(child, { count: true })

const at = (values: readonly number[], share: number) =>
  (values[Math.floor((values.length - 1) * share)] ?? 0).toFixed(1)
const acknowledged = results.reduce((sum, result) => sum + result.acknowledged, 0)
const ms = results.flatMap((result) => result.ms).toSorted((a, b) => a - b)
const waits = results.reduce((sum, result) => sum + result.waits, 0)
console.log(
  `${acknowledged} events of ${senders} senders in ${elapsedSeconds.toFixed(1)} s: ${Math.round(acknowledged / elapsedSeconds)} a second; Node ${process.version}\n` +
    `  kept: ${kept}${kept === acknowledged ? ', all that was acknowledged' : ', not what was acknowledged'}; a batch took ${at(ms, 0.5)} ms (median), ${at(ms, 0.99)} ms (p99); told to wait ${waits} times\n` +
    `  ${connections} connections, ${late.length} intervals of ${intervalMs} ms: off by ${at(late, 0.5)} ms (median), ${at(late, 0.99)} ms (p99), ${at(late, 1)} ms (most); ${dropped} dropped\n` +
    `  server CPU: ${((cpuMicroseconds - before.cpuMicroseconds) / 10_000 / elapsedSeconds).toFixed(0)} % of a core, ${Math.round(rssBytes / 2 ** 20)} MiB`,
)
child.disconnect()
if (kept !== acknowledged) process.exitCode = 1
