/** What `/metrics` counts, who may read it, and that the dashboard and the alerts ask for nothing else. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { WebSocket } from 'ws'
import { codeLabel } from '#server/metrics/tally.ts'
import { exchange, get } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'
let server: TestServer
before(async () => {
  server = await startServer({ ACCESS_TOKEN: TOKEN })
})
after(() => server.app.close(0))

const scrape = async () => (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()

/** The value of one line, by its name and labels as they are written. */
const figureOf = (text: string, line: string): number | undefined => {
  const found = text.split('\n').find((each) => each.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length + 1))
}

const file = (name: string) =>
  readFileSync(new URL(`../../../server/metrics/${name}`, import.meta.url), 'utf8')

async function open(query: string, options: { origin?: string } = {}): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws${query}`, options)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return socket
}

test('connections, their ends, pings and messages are counted from the start, whenever somebody asks', async () => {
  const socket = await open('?trace=counted&ping_interval=0.1')
  const answered = new Promise((resolve) => socket.once('message', resolve))
  socket.send('{"a":1}')
  await Promise.all([answered, server.event('heartbeat', 'counted')])
  assert.equal(figureOf(await scrape(), 'why1006_connections_open{endpoint="/ws"}'), 1)
  socket.close(4001, 'done')
  await server.event('disconnected', 'counted')
  await assert.rejects(open('?trace=refused', { origin: 'https://evil.example' }))
  await server.event('rejected', 'refused')
  const text = await scrape()
  const own = 'server="why1006"'
  assert.equal(figureOf(text, `why1006_connections_opened_total{${own}}`), 1)
  assert.equal(
    figureOf(text, `why1006_connections_closed_total{${own},code="4000-4999",initiator="client"}`),
    1,
  )
  assert.equal(figureOf(text, `why1006_handshakes_rejected_total{${own},reason="origin"}`), 1)
  assert.equal(figureOf(text, `why1006_connection_lifetime_seconds_count{${own}}`), 1)
  assert.ok((figureOf(text, `why1006_ping_round_trip_seconds_bucket{${own},le="+Inf"}`) ?? 0) >= 1)
  assert.equal(figureOf(text, 'why1006_messages_total{direction="in"}'), 1)
  assert.equal(figureOf(text, 'why1006_messages_total{direction="out"}'), 1)
  assert.equal(figureOf(text, 'why1006_bytes_total{direction="in"}'), 7)
  assert.equal(figureOf(text, 'why1006_journal_up'), 1)
  assert.equal(figureOf(text, 'why1006_ready'), 1)
  assert.ok((figureOf(text, 'nodejs_eventloop_lag_p99_seconds') ?? -1) >= 0)
})

test('a histogram has ascending buckets that end with its count', async () => {
  const lines = (await scrape())
    .split('\n')
    .filter((line) => line.startsWith('why1006_connection_lifetime_seconds_bucket{server="why1006"'))
  const counts = lines.map((line) => Number(line.split(' ').at(-1)))
  assert.ok(lines.length > 10)
  assert.deepEqual(
    counts,
    counts.toSorted((one, other) => one - other),
  )
  assert.equal(
    counts.at(-1),
    figureOf(await scrape(), 'why1006_connection_lifetime_seconds_count{server="why1006"}'),
  )
})

test('other servers have their names, as many as are told apart, and never ours', async () => {
  const names = ['why1006', 'a"b\\c', ...Array.from({ length: 100 }, (_, number) => `service-${number}`)]
  const lines = names.map((service, number) =>
    JSON.stringify({
      id: `e-${number}`,
      at: Date.now() / 1000,
      instance: 'one',
      service,
      kind: 'disconnected',
      client_id: 'c',
      endpoint: '/',
      close_code: 1006,
      reason: '',
      duration_ms: 1000,
      pings: 1,
      pongs: 1,
      initiator: 'network',
      messages_in: 2,
      messages_out: 3,
      bytes_in: 4,
      bytes_out: 5,
    }),
  )
  const before = figureOf(
    await scrape(),
    'why1006_connections_closed_total{server="why1006",code="1006",initiator="network"}',
  )
  const response = await fetch(`http://127.0.0.1:${server.port}/api/ingest`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: lines.join('\n'),
  })
  assert.equal((await response.json()).taken, names.length)
  const text = await scrape()
  const closed = 'why1006_connections_closed_total{server='
  const told = text.split('\n').filter((line) => line.startsWith(closed) && line.includes('1006"'))
  assert.ok(told.length <= 53, `${told.length}`)
  assert.equal(figureOf(text, `${closed}"service-3",code="1006",initiator="network"}`), 1)
  assert.equal(figureOf(text, `${closed}"a\\"b\\\\c",code="1006",initiator="network"}`), 1)
  assert.ok((figureOf(text, `${closed}"other",code="1006",initiator="network"}`) ?? 0) > 50)
  assert.equal(figureOf(text, `${closed}"why1006",code="1006",initiator="network"}`), before)
  assert.equal(figureOf(text, 'why1006_server_messages_total{server="service-3",direction="in"}'), 2)
  assert.equal(figureOf(text, 'why1006_server_bytes_total{server="service-3",direction="out"}'), 5)
})

test('whoever is not at this machine needs the token, by whatever name it asks', async () => {
  const headers = { 'X-Forwarded-For': '203.0.113.5', Host: 'why.internal:9000' }
  const refused = await exchange(server.port, get('/metrics', headers))
  assert.equal(refused.status, 401)
  assert.doesNotMatch(refused.body, /why1006_/)
  // A rebound name is no name of this machine.
  assert.equal((await exchange(server.port, get('/metrics', { Host: 'evil.example' }))).status, 401)
  const read = get('/metrics', { ...headers, Authorization: `Bearer ${TOKEN}`, Connection: 'close' })
  const answer = await exchange(server.port, read)
  assert.equal(answer.status, 200)
  assert.match(answer.header('Content-Type') ?? '', /^text\/plain; version=0\.0\.4/)
  assert.match(answer.body, /why1006_connections_limit 10000/)
  const page = await fetch(`http://127.0.0.1:${server.port}/metrics`, {
    headers: { 'Sec-Fetch-Site': 'cross-site' },
  })
  assert.equal(page.status, 403)
})

test('the labels of close codes are bounded', () => {
  const labels = new Set(Array.from({ length: 66_000 }, (_, code) => codeLabel(code)))
  assert.equal(labels.size, 19)
  assert.equal(codeLabel(undefined), 'none')
})

for (const name of ['grafana.json', 'alerts.yml']) {
  test(`${name} asks for metrics that there are`, async () => {
    const text = await scrape()
    const families = new Set(Array.from(text.matchAll(/^# TYPE (\S+)/gm), ([, family = '']) => family))
    const asked = new Set(
      Array.from(file(name).matchAll(/\b(?:why1006|nodejs|process)_[a-z0-9_]+/g), ([metric]) => metric),
    )
    assert.ok(asked.size > 10)
    const unknown = [...asked].filter(
      (metric) => !families.has(metric) && !families.has(metric.replace(/_(?:bucket|sum|count)$/, '')),
    )
    assert.deepEqual(unknown, [])
  })
}

test('each panel of the dashboard asks for something, on a place of its own', () => {
  const { panels } = JSON.parse(file('grafana.json'))
  const places = new Set(
    panels.map(({ gridPos: { x, y } }: { gridPos: { x: number; y: number } }) => `${x} ${y}`),
  )
  assert.equal(places.size, panels.length)
  for (const { title, targets } of panels) {
    assert.ok(targets.length > 0 && targets.every(({ expr }: { expr: string }) => expr.includes('_')), title)
  }
})
