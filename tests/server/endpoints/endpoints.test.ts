import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import {
  connectedStatusMessage,
  echoDataMessage,
  echoOriginalMessage,
  echoRawMessage,
  healthStatusMessage,
  heartbeatMessage,
  parseErrorMessage,
  pongMessage,
  serverPingMessage,
  welcomeMessage,
} from '#lib/protocol/messages.ts'
import { diagnosticsPath, ownEndpoints, throughPath } from '#lib/protocol/own-endpoint.ts'
import { createEndpoints } from '#server/endpoints/list.ts'
import { createFeed } from '#server/journal/feed.ts'
import { openClient, payloadOf } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const text = 1
const binary = 2

let server: TestServer

before(async () => {
  server = await startServer({ ALLOWED_ORIGINS: 'https://app.example' })
})
after(() => server.app.close(0))

const allEndpoints = () =>
  createEndpoints({
    site: server.app.site,
    feed: createFeed(server.journal),
    relays: { open: () => ({ text() {}, binary() {}, closed() {} }) },
  })
const open = (target: string) => openClient(server.port, target)
const nowSeconds = () => Date.now() / 1000

function assertIsNow(seconds: number) {
  assert.ok(Math.abs(seconds - nowSeconds()) < 5, `${seconds} is not the present in seconds`)
}

test('every endpoint of the folder stands in the list, and nothing else does', () => {
  const contracts = new Set(['endpoint.ts', 'list.ts', 'json.ts'])
  const files = readdirSync(new URL('../../../server/endpoints/', import.meta.url))
    .filter((file) => !contracts.has(file))
    .map((file) => file.replace('.ts', ''))
  const listed = allEndpoints().map(({ path }) => (path === '/ws' ? 'ws' : path.slice('/ws/'.length)))
  assert.deepEqual(files.toSorted(), listed.toSorted())
})

test('the list is the one that pages and probes know, in the same order', () => {
  const listed = allEndpoints()
  assert.deepEqual(
    listed.map(({ path }) => path),
    [...ownEndpoints, diagnosticsPath, throughPath],
  )
  assert.deepEqual(
    listed.filter(({ sameOriginOnly }) => !sameOriginOnly).map(({ path }) => path),
    ownEndpoints,
  )
})

test('/ws says nothing first, answers a ping with a pong', async () => {
  const client = open('/ws')
  await client.response
  client.send(text, '{"type":"ping"}')
  const pong = pongMessage.parse(await client.nextJson())
  assert.deepEqual(Object.keys(pong), ['type', 'timestamp', 'client_id'])
  assertIsNow(pong.timestamp)
  assert.equal(client.frames.length, 1)
  client.close()
})

test('/ws echoes every JSON value that is no ping', async () => {
  const client = open('/ws')
  await client.response
  for (const value of [
    1.5,
    null,
    true,
    'text',
    [1, { a: 'ü💡' }],
    { type: 'pong' },
    { type: ['ping'] },
    {},
  ]) {
    client.send(text, JSON.stringify(value))
    const echo = echoDataMessage.parse(await client.nextJson())
    assert.deepEqual(echo.data, value)
    assert.deepEqual(Object.keys(echo), ['type', 'data', 'timestamp', 'client_id', 'server_processing_ms'])
    assertIsNow(echo.timestamp)
    assert.ok(echo.server_processing_ms >= 0 && echo.server_processing_ms < 1000)
  }
  client.close()
})

test('/ws keeps spelling, order and repeated names of what it echoes', async () => {
  const client = open('/ws')
  await client.response
  const value = ' { "b" : 1.0e2,\n\t"a": "\\u00fc", "b": 2 } '
  client.send(text, value)
  const reply = payloadOf(await client.nextFrame(text)).toString()
  assert.ok(reply.startsWith(`{"type":"echo","data":${value},"timestamp":`), reply)
  client.close()
})

test('/ws answers text that is not JSON with an error and stays open', async () => {
  const client = open('/ws')
  await client.response
  for (const broken of ['', '{', 'hello', '{"a":1}}', '\ufeff{}', 'NaN', '1 2']) {
    client.send(text, broken)
    const reply = await client.nextJson()
    assert.deepEqual(Object.keys(parseErrorMessage.parse(reply)), ['type', 'error', 'timestamp'])
  }
  client.send(text, '{"type":"ping"}')
  assert.equal((await client.nextJson()).type, 'pong')
  client.close()
})

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

test('what is nested beyond all sense is not taken apart, on whatever endpoint', async () => {
  const [ws, echo] = [open('/ws'), open('/ws/echo')]
  await ws.response
  await echo.nextJson()
  for (const deep of [nested(5000), `{"a":${nested(2500)}}`, `"\\"[[",${nested(3000)}`]) {
    ws.send(text, deep)
    assert.deepEqual(Object.keys(parseErrorMessage.parse(await ws.nextJson())), [
      'type',
      'error',
      'timestamp',
    ])
    echo.send(text, deep)
    const reply = await echo.nextJson()
    assert.deepEqual([reply.type, reply.data], ['echo_raw', deep])
  }
  for (const honest of [
    nested(1000),
    JSON.stringify({ text: '[{'.repeat(5000), next: '\\"[['.repeat(5000) }),
  ]) {
    ws.send(text, honest)
    assert.deepEqual((await ws.nextJson()).data, JSON.parse(honest))
    echo.send(text, honest)
    assert.deepEqual((await echo.nextJson()).original, JSON.parse(honest))
  }
  ws.close()
  echo.close()
})

test('/ws and /ws/health count a binary frame and ignore it', async () => {
  for (const path of ['/ws', '/ws/health']) {
    const trace = `binary-${path.length}`
    const client = open(`${path}?trace=${trace}`)
    await client.response
    client.send(binary, 'four')
    client.close()
    const { messages_in, bytes_in } = await server.event('disconnected', trace)
    assert.deepEqual({ messages_in, bytes_in }, { messages_in: 1, bytes_in: 4 })
  }
})

test('/ws/echo welcomes with the heartbeat of this connection', async () => {
  const client = open('/ws/echo?ping_interval=8')
  const welcome = welcomeMessage.parse(await client.nextJson())
  assert.deepEqual(Object.keys(welcome), ['type', 'endpoint', 'client_id', 'server_time', 'config'])
  assert.equal(welcome.endpoint, '/ws/echo')
  assert.deepEqual(welcome.config, { ping_interval: 8, ping_timeout: 4 })
  assertIsNow(welcome.server_time)
  client.close()
})

test('/ws/echo returns JSON with the times of this server', async () => {
  const client = open('/ws/echo')
  const { client_id } = await client.nextJson()
  for (const value of [{ a: [1, 'ü'] }, 7, { type: 'ping' }]) {
    client.send(text, JSON.stringify(value))
    const echo = echoOriginalMessage.parse(await client.nextJson())
    assert.deepEqual(Object.keys(echo), ['type', 'original', 'server_timestamp', 'client_id', 'latency_info'])
    assert.deepEqual(echo.original, value)
    assert.equal(echo.client_id, client_id)
    assertIsNow(echo.server_timestamp)
    assertIsNow(echo.latency_info.received_at)
    assert.ok(echo.latency_info.connection_age_ms >= 0 && echo.latency_info.connection_age_ms < 5000)
  }
  client.close()
})

test('/ws/echo does not answer {"type":"pong"}, and returns other text raw', async () => {
  const client = open('/ws/echo')
  const { client_id } = await client.nextJson()
  client.send(text, '{"type":"pong"}')
  client.send(text, 'say "hi" \u2028 ü')
  const raw = echoRawMessage.parse(await client.nextJson())
  assert.equal(raw.data, 'say "hi" \u2028 ü')
  assert.equal(raw.client_id, client_id)
  assertIsNow(raw.server_timestamp)
  client.close()
})

test('/ws/echo returns a binary frame unchanged, as binary', async () => {
  const client = open('/ws/echo')
  for (const size of [0, 1, 125, 126, 65_535, 65_536, 1_048_576]) {
    const payload = 'b'.repeat(size)
    client.send(binary, payload)
    assert.equal(payloadOf(await client.nextFrame(binary)).toString(), payload)
  }
  client.close()
})

test('/ws/echo returns text of every frame length', async () => {
  const client = open('/ws/echo')
  await client.nextJson()
  for (const fill of ['x', 'ü']) {
    for (const length of [0, 100, 1000, 4000, 5000, 40_000, 100_000]) {
      client.send(text, JSON.stringify(fill.repeat(length)))
      assert.equal((await client.nextJson()).original, fill.repeat(length))
    }
  }
  client.close()
})

test('/ws/echo sends a server_ping beside every protocol ping', async () => {
  const client = open('/ws/echo?ping_interval=0.2&ping_timeout=0.19')
  const { client_id } = await client.nextJson()
  for (const number of ['1', '2']) {
    assert.equal(payloadOf(await client.nextFrame(9)).toString(), number)
    const beat = serverPingMessage.parse(await client.nextJson())
    assert.deepEqual(Object.keys(beat), ['type', 'timestamp', 'client_id'])
    assert.equal(beat.client_id, client_id)
  }
  client.close()
})

test('/ws/health reports heartbeat and environment when it opens', async () => {
  const client = open('/ws/health')
  const status = connectedStatusMessage.parse(await client.nextJson())
  const { publicBaseUrl, wsPublicUrl } = server.app.site
  assert.deepEqual(status.config, {
    ping_interval: 30,
    ping_timeout: 10,
    expected_min_connection_duration: 30,
  })
  assert.deepEqual(status.environment, {
    allowed_origins: ['https://app.example'],
    public_base_url: publicBaseUrl,
    ws_public_url: wsPublicUrl,
  })
  assertIsNow(status.server_time)
  client.close()
})

test('/ws/health beats, counts pong messages and reports on demand', async () => {
  const client = open('/ws/health?ping_interval=0.2&ping_timeout=0.19')
  const { client_id } = await client.nextJson()
  for (const number of [1, 2]) {
    const beat = heartbeatMessage.parse(await client.nextJson())
    assert.equal(beat.ping_number, number)
    assert.equal(beat.client_id, client_id)
    assert.ok(beat.connection_age_seconds >= number * 0.2 && beat.connection_age_seconds < number * 0.2 + 2)
  }
  for (const message of ['{"type":"pong"}', '{"type":"pong"}', 'not JSON', '{"type":"ping"}', '[]']) {
    client.send(text, message)
  }
  client.send(text, '{"type":"get_status"}')
  let reply = await client.nextJson()
  while (reply.type === 'heartbeat') reply = await client.nextJson()
  const status = healthStatusMessage.parse(reply)
  assert.equal(status.pong_count, 2)
  assert.ok(status.ping_count >= 2)
  assert.equal(status.client_id, client_id)
  assertIsNow(status.timestamp)
  client.close()
})
