/** A load balancer, the proxy behind it and the server behind that write of one connection. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLogReader, finished, type LogSummary } from '#lib/logs/summary.ts'

const NINE = Date.UTC(2026, 10, 20, 9)
const times = (count: number) => Array.from({ length: count }, (_, index) => index)
const iso = (ms: number) => new Date(ms).toISOString()

const balancer = (at: number, ms: number, client: number, status: number, path = '/ws') =>
  `wss ${iso(at + ms)} app/chat/50dc 203.0.113.${client}:${4000 + client} 10.0.1.4:80 0.001 0.003 0.000 ${status} ${status} 218 460 "GET https://chat.example:443${path} HTTP/1.1" "x" - - arn:x "Root=1" "chat.example" "-" 0 ${iso(at)} "forward" "-" "-" "10.0.1.4:80" "${status}" "-" "-"`
/** Knows the balancer's address and not the client's. */
const nginx = (at: number, ms: number, status: number) =>
  `10.0.1.200 - - [20/Nov/2026:${iso(at + ms).slice(11, 19)} +0000] "GET /ws HTTP/1.1" ${status} 430 "-" "x" rt=${(ms / 1000).toFixed(3)} us=${status} cs=OK up=websocket`
const refused = (at: number, number: number) =>
  `2026/11/20 ${iso(at).slice(11, 19)} [error] 31#31: *${number} connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.1.200, server: chat.example, request: "GET /ws HTTP/1.1", upstream: "http://10.0.0.4:80/ws", host: "chat.example"`
const server = (at: number, ms: number, client: number) => [
  `{"id":"a${client}","at":${at / 1000},"instance":"i","kind":"accepted","client_id":"c${client}","endpoint":"/ws","address":"10.0.2.9","forwarded_for":"203.0.113.${client}"}`,
  `{"id":"d${client}","at":${(at + ms) / 1000},"instance":"i","kind":"disconnected","client_id":"c${client}","endpoint":"/ws","close_code":1006,"reason":"","duration_ms":${ms},"initiator":"network","pings":0,"pongs":0}`,
]

function read(lines: readonly string[]): LogSummary {
  const reader = createLogReader({ year: 2026 })
  for (const line of lines) reader.read(line)
  return reader.summary()
}

const openings = times(20).map((index) => ({
  at: NINE + index * 37_311,
  ms: 60_000 + index * 7,
  client: index + 1,
}))

test('a tunnel that three wrote of is one connection, with the client of the first and the code of the last', () => {
  const summary = read([
    ...openings.map(({ at, ms, client }) => balancer(at, ms, client, 101)),
    ...openings.map(({ at, ms }) => nginx(at, ms, 101)),
    ...openings.flatMap(({ at, ms, client }) => server(at, ms, client)),
  ])
  const done = finished(summary)
  assert.equal(done.length, openings.length)
  assert.deepEqual(Object.fromEntries(summary.codes), { 1006: openings.length })
  assert.deepEqual(
    done.map(({ client }) => client).toSorted(),
    openings.map(({ client }) => `203.0.113.${client}`).toSorted(),
  )
})

test('so is a refusal, with what the error log says of it', () => {
  const lines = times(8).flatMap((index) => {
    const at = NINE + index * 37_000
    return [balancer(at, 2, index + 1, 502), nginx(at, 1, 502), refused(at, index)]
  })
  const done = finished(read(lines))
  assert.equal(done.length, 8)
  assert.ok(done.every(({ notices }) => notices?.[0]?.record.sign === 'connect-refused'))
})

test('what differs in path or status is not the same request', () => {
  const at = NINE
  assert.equal(finished(read([balancer(at, 2, 1, 502, '/socket'), nginx(at, 1, 502)])).length, 2)
  assert.equal(finished(read([balancer(at, 2, 1, 502), nginx(at, 1, 403)])).length, 2)
})
