/**
 * What a handshake costs: server CPU per connection that is opened and dropped at `/ws/echo`, with its events, its log lines and the
 * journal in a file, beside a bare `ws`, in one run; rounds alternate. Then what memory an idle connection with a heartbeat takes, beside one of a bare `ws`.
 *
 * `BENCH_ROUNDS` (9), `BENCH_HANDSHAKES` (1000) a round, `BENCH_CONNECTIONS` (18000; fewer where the system allows fewer files).
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { ask, median, type Server, startServer } from './_children.ts'
import { openPinged } from './_pinged.ts'

const rounds = Number(process.env.BENCH_ROUNDS ?? 9)
const handshakes = Number(process.env.BENCH_HANDSHAKES ?? 1000)
const connections = Number(process.env.BENCH_CONNECTIONS ?? 18_000)
const atOnce = 16

interface Cost {
  readonly cpuMicroseconds: number
  readonly rssBytes: number
}
const costOf = ({ child }: Server) => ask<Cost>(child, {})

const request = Buffer.from(
  'GET /ws/echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
)

async function openAndDrop(port: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.write(request)
  await once(socket, 'data')
  const closed = once(socket, 'close')
  socket.end()
  await closed
}

/** Longer than a journal in a file waits with what it writes, and with its index. */
const settleMs = 500

/** Microseconds of the server's CPU for each, with what is written behind. */
async function round(server: Server): Promise<number> {
  const before = await costOf(server)
  let left = handshakes
  const worker = async () => {
    while (left-- > 0) await openAndDrop(server.port)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const after = await costOf(server)
  return (after.cpuMicroseconds - before.cpuMicroseconds) / handshakes
}

const bare = await startServer('./_echo-server.ts', 'bare')
const others = [
  { name: '/ws/echo', server: await startServer('./_echo-server.ts', 'ours'), all: [] as number[] },
  { name: '… in a file', server: await startServer('./_echo-server.ts', 'kept'), all: [] as number[] },
]
const bares: number[] = []
for (const server of [bare, ...others.map(({ server }) => server)]) await round(server)
for (let count = 0; count < rounds; count += 1) {
  bares.push(await round(bare))
  for (const { server, all } of others) all.push(await round(server))
}
console.log(`Handshakes, ${rounds} alternating rounds of ${handshakes}, medians; Node ${process.version}`)
console.log(`  ${'bare ws'.padEnd(11)} ${median(bares).toFixed(0)} µs CPU`)
for (const { name, all } of others) {
  const times = median(all.map((one, at) => one / (bares[at] ?? Number.NaN)))
  console.log(`  ${name.padEnd(11)} ${median(all).toFixed(0)} µs CPU, ${times.toFixed(2)} times the bare ws`)
}
for (const { child } of [bare, ...others.map(({ server }) => server)]) child.disconnect()

/** KiB of memory that the server takes for each. */
async function memoryOf(which: string): Promise<number> {
  const idle = await startServer('./_echo-server.ts', which)
  const before = await costOf(idle)
  const sockets: Socket[] = []
  while (sockets.length < connections) {
    const some = Array.from({ length: Math.min(100, connections - sockets.length) }, () =>
      openPinged(idle.port, '/ws', () => {}),
    )
    await Promise.all(some.map((socket) => once(socket, 'data')))
    sockets.push(...some)
  }
  const after = await costOf(idle)
  for (const socket of sockets) socket.destroy()
  idle.child.disconnect()
  return (after.rssBytes - before.rssBytes) / 1024 / connections
}

const bareKib = await memoryOf('bare')
const kib = await memoryOf('kept')
console.log(
  `${connections} idle connections with heartbeats: ${kib.toFixed(1)} KiB each, resident; of a bare ws ${bareKib.toFixed(1)} KiB`,
)
