/**
 * How long a handshake fault on loopback takes to diagnose over `POST /api/diagnose`: until the first stage is
 * here, until the verdict without retries, and with them. Limits of the issue: 100 ms, 300 ms, 1 s. Exit code 1
 * when the slowest run is above one.
 */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { answerTo, start } from '#tests/server/http/support/diagnose.ts'

const rounds = Number(process.env.BENCH_ROUNDS ?? 10)

const FAULTS: Record<string, string> = {
  '403, three other origins are tried': 'HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno',
  '404, the other slash is tried': 'HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno',
  '502 without a length, body and end': 'HTTP/1.1 502 Bad Gateway\r\n\r\n<html>',
  '101 with a wrong Accept':
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
}
const LIMITS = { 'first stage': 100, 'without retries': 300, 'with retries': 1000 } as const

const config = readConfig({ PORT: '0', HOST: '127.0.0.1' })
if (!config.ok) throw new Error(config.problems.join('\n'))
const app = await createApp({
  config: config.config,
  journal: createMemoryJournal({ capacity: 100, instance: 'bench' }),
  version: 'bench',
  probe: { limits: { atOnce: 8, aMinute: Number.POSITIVE_INFINITY, clients: 10 } },
})

async function timed(url: string, retries: boolean): Promise<{ firstStageMs: number; verdictMs: number }> {
  const began = performance.now()
  const response = await answerTo(
    start(app.site.port, { url, retries }, { Origin: `http://localhost:${app.site.port}` }),
  )
  let text = ''
  let firstStageMs: number | undefined
  for await (const chunk of response) {
    text += chunk
    if (text.includes('\n')) firstStageMs ??= performance.now() - began
  }
  if (!text.includes('{"type":"report"')) throw new Error(text)
  return { firstStageMs: firstStageMs ?? Number.POSITIVE_INFINITY, verdictMs: performance.now() - began }
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
  const target = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write(answer))
  })
  target.listen(0, '127.0.0.1')
  await once(target, 'listening')
  const url = `ws://127.0.0.1:${(target.address() as AddressInfo).port}/ws`
  const [first, bare, tried]: number[][] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    const alone = await timed(url, false)
    first?.push(alone.firstStageMs)
    bare?.push(alone.verdictMs)
    tried?.push((await timed(url, true)).verdictMs)
  }
  target.close()
  console.log(name)
  const within = [
    row('first stage', first ?? [], LIMITS['first stage']),
    row('without retries', bare ?? [], LIMITS['without retries']),
    row('with retries', tried ?? [], LIMITS['with retries']),
  ]
  isWithin &&= within.every(Boolean)
}
await app.close(0)
process.exit(isWithin ? 0 : 1)
