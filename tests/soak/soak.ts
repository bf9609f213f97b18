/**
 * Hours in minutes: thousands of connections held, one in a hundred of them through a fault of the lab, thousands more opened and
 * dropped, and slow requests beside them. A line a minute tells what the server holds; the end tells whether that grew, whether
 * a descriptor was left, and whether the journal has every connection once. Ends with 1 where something did not hold.
 *
 * `SOAK_MINUTES` (20), `SOAK_CONNECTIONS` (2000), `SOAK_DROPS` (10000).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { ask, median, start } from '#tests/bench/_children.ts'
import { type Counts, dribble, holdMany, meetFaults, openAndDrop } from '#tests/soak/_load.ts'
import type { Accounted, Held, Order } from '#tests/soak/_server.ts'

const minutes = Number(process.env.SOAK_MINUTES ?? 20)
const connections = Number(process.env.SOAK_CONNECTIONS ?? 2000)
const drops = Number(process.env.SOAK_DROPS ?? 10_000)
const slowRequests = 40
const mostGrowth = 0.05

const server = start(import.meta.resolve('./_server.ts'))
const { port } = await new Promise<{ port: number }>((resolve) => server.once('message', resolve))
const tell = <T>(what: Order['ask']) => ask<T>(server, { ask: what } satisfies Order)
const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1)

const counts: Counts = { opened: 0, pongs: 0, lost: 0, faults: 0, dropped: 0, dribbles: 0 }
const stop = new AbortController()
const before = await tell<Held>('held')
console.log(
  `${connections} connections held, ${Math.ceil(connections / 100)} more through faults, ${drops} opened and dropped, ` +
    `${slowRequests} slow requests, for ${minutes} minutes; Node ${process.version}`,
)

const held = await holdMany(port, connections, counts, stop.signal)
const faults = Array.from({ length: Math.ceil(connections / 100) }, (_, at) =>
  meetFaults(port, at, counts, stop.signal),
)
const slow = Array.from({ length: slowRequests }, (_, at) => dribble(port, at % 2 === 0, counts, stop.signal))
const dropping = openAndDrop(port, drops, minutes * 60_000, counts)

const heaps: number[] = []
for (let minute = 1; minute <= minutes; minute++) {
  await sleep(60_000)
  const { heapBytes, rssBytes, descriptors, sessions } = await tell<Held>('held')
  heaps.push(heapBytes)
  console.log(
    `  ${minute} min: heap ${mib(heapBytes)} MiB, resident ${mib(rssBytes)} MiB, ${descriptors ?? '?'} descriptors, ${sessions} sessions; ` +
      `${counts.pongs} pongs, ${counts.faults} faults, ${counts.dropped} dropped, ${counts.dribbles} slow requests ended, ${counts.lost} lost`,
  )
}
await dropping
stop.abort()
for (const socket of held) socket.destroy()
await Promise.all([...faults, ...slow])

// The journal and the lab have let go when two readings a second apart say the same.
let after = await tell<Held>('held')
for (
  let last = Number.NaN;
  after.sessions > 0 || after.descriptors !== last;
  after = await tell<Held>('held')
) {
  last = after.descriptors ?? Number.NaN
  if (after.descriptors === undefined && after.sessions === 0) break
  await sleep(1000)
}
const { accepted, disconnected, pongTimeouts, uneven } = await tell<Accounted>('accounted')
server.disconnect()

const part = Math.max(1, Math.floor(heaps.length / 4))
const early = median(heaps.slice(part, 2 * part))
const growth = heaps.length < 4 ? 0 : median(heaps.slice(-part)) / early - 1
const left = (after.descriptors ?? 0) - (before.descriptors ?? 0)
const findings: [string, boolean][] = [
  [`heap of the last quarter against the second: ${(growth * 100).toFixed(1)} %`, growth <= mostGrowth],
  [`descriptors left: ${left}`, left <= 0],
  [`connections lost while held: ${counts.lost}`, counts.lost === 0],
  [
    `opened ${counts.opened}; the journal has ${accepted} accepted, ${disconnected} ended, ${uneven} of them not once`,
    accepted === counts.opened && disconnected === counts.opened && uneven === 0,
  ],
  [`pings of them that were not answered in time: ${pongTimeouts}`, pongTimeouts === 0],
]
for (const [says, holds] of findings) console.log(`${holds ? 'held  ' : 'FAILED'}  ${says}`)
if (findings.some(([, holds]) => !holds)) process.exitCode = 1
