/**
 * How long a handshake fault on loopback takes to diagnose: the first stage seen, the verdict without retries,
 * and with them. Limits of the issue: 100 ms, 300 ms, 1 s. Exit code 1 when the slowest run is above one.
 */
import { type AddressInfo, createServer } from 'node:net'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { NOTHING_ALLOWED } from '#server/probe/address-guard.ts'
import { probe } from '#server/probe/probe.ts'

const rounds = Number(process.env.BENCH_ROUNDS ?? 10)

const FAULTS: Record<string, string> = {
  '403, three other origins are tried': 'HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno',
  '404, the other slash is tried': 'HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno',
  '502 without a length, body and end': 'HTTP/1.1 502 Bad Gateway\r\n\r\n<html>',
  '101 with a wrong Accept':
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
}
const LIMITS = { 'first stage': 100, 'without retries': 300, 'with retries': 1000 } as const

const policy = { caller: 'local', allow: NOTHING_ALLOWED } as const

async function timed(url: string, retries: boolean): Promise<{ firstStageMs: number; verdictMs: number }> {
  const began = performance.now()
  let firstStageMs = Number.POSITIVE_INFINITY
  const onStage = () => {
    firstStageMs = Math.min(firstStageMs, performance.now() - began)
  }
  diagnose(await probe(url, { retries, origin: 'https://app.example' }, { policy, onStage }))
  return { firstStageMs, verdictMs: performance.now() - began }
}

const row = (label: string, values: number[], limit: number): boolean => {
  const sorted = values.sort((a, b) => a - b)
  const median = sorted[sorted.length >> 1] ?? 0
  const most = sorted.at(-1) ?? 0
  console.log(
    `  ${label.padEnd(16)} median ${median.toFixed(1)} ms, most ${most.toFixed(1)} ms, limit ${limit} ms`,
  )
  return most <= limit
}

let isWithin = true
for (const [name, answer] of Object.entries(FAULTS)) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`
  const [first, bare, tried]: number[][] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    const alone = await timed(url, false)
    first?.push(alone.firstStageMs)
    bare?.push(alone.verdictMs)
    tried?.push((await timed(url, true)).verdictMs)
  }
  server.close()
  console.log(name)
  const within = [
    row('first stage', first ?? [], LIMITS['first stage']),
    row('without retries', bare ?? [], LIMITS['without retries']),
    row('with retries', tried ?? [], LIMITS['with retries']),
  ]
  isWithin &&= within.every(Boolean)
}
process.exit(isWithin ? 0 : 1)
