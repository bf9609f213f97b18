import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { closeOf, openClient, payloadOf } from '#tests/server/lab/support/client.ts'
import { startServer, type TestServer } from '#tests/server/lab/support/server.ts'

let server: TestServer
const open = (target: string) => openClient(server.port, target)

before(async () => {
  server = await startServer({
    ALLOWED_ORIGINS: 'http://app.example',
    PUBLIC_BASE_URL: 'https://ws.example',
    WS_PUBLIC_URL: 'wss://ws.example/ws',
  })
})
after(() => server.app.close(0))

type Json = Record<string, unknown>

/** The object's field names, without order. */
const fields = (message: object) => Object.keys(message).sort()

function assertEpochSeconds(value: unknown): void {
  assert.equal(typeof value, 'number')
  assert.ok(Math.abs(Number(value) - Date.now() / 1000) < 5, `${value} is not now in seconds`)
}

function assertNotNegative(value: unknown): void {
  assert.ok(typeof value === 'number' && value >= 0, `${value} is no duration`)
}

/** JSON that has no answer of its own on an endpoint is followed by one that has: messages keep their order. */
const nested = { type: 'note', text: 'grüß 👋 "quoted"', deep: [1, { a: null }] }

describe('/ws', () => {
  test('gives no welcome, and answers {"type":"ping"} with a pong', async () => {
    const client = open('/ws')
    client.send(1, '{"type":"ping"}')
    const pong = await client.nextJson()
    assert.deepEqual(fields(pong), ['client_id', 'timestamp', 'type'])
    assert.equal(pong.type, 'pong')
    assert.equal(typeof pong.client_id, 'string')
    assertEpochSeconds(pong.timestamp)
    client.close()
  })

  test('echoes every other JSON value', async () => {
    const client = open('/ws')
    for (const value of [nested, [], 0, 'text', null, true, { type: 'pong' }, { type: ['ping'] }]) {
      client.send(1, ` ${JSON.stringify(value)}\n`)
      const echo = await client.nextJson()
      assert.deepEqual(fields(echo), ['client_id', 'data', 'server_processing_ms', 'timestamp', 'type'])
      assert.equal(echo.type, 'echo')
      assert.deepEqual(echo.data, value)
      assertEpochSeconds(echo.timestamp)
      assertNotNegative(echo.server_processing_ms)
    }
    client.close()
  })

  test('answers text that is not JSON with an error, and stays open', async () => {
    const client = open('/ws')
    for (const text of ['', '{', 'hello', "{'a':1}"]) {
      client.send(1, text)
      const error = await client.nextJson()
      assert.deepEqual(fields(error), ['error', 'timestamp', 'type'])
      assert.equal(error.type, 'error')
      assert.equal(error.error, 'Failed to parse message')
      assertEpochSeconds(error.timestamp)
    }
    client.send(1, '{"type":"ping"}')
    assert.equal((await client.nextJson()).type, 'pong')
    client.close()
  })
})

describe('/ws/echo', () => {
  test('welcomes with the heartbeat of this connection', async () => {
    const client = open('/ws/echo?ping_interval=5&ping_timeout=2')
    const welcome = await client.nextJson()
    assert.deepEqual(fields(welcome), ['client_id', 'config', 'endpoint', 'server_time', 'type'])
    assert.equal(welcome.type, 'welcome')
    assert.equal(welcome.endpoint, '/ws/echo')
    assert.deepEqual(welcome.config, { ping_interval: 5, ping_timeout: 2 })
    assertEpochSeconds(welcome.server_time)
    client.close()
  })

  test('echoes JSON with latency_info', async () => {
    const client = open('/ws/echo')
    const { client_id } = await client.nextJson()
    for (const value of [nested, null, 1.5, { type: 'ping' }, { type: 'server_ping' }]) {
      client.send(1, JSON.stringify(value))
      const echo = await client.nextJson()
      assert.deepEqual(fields(echo), ['client_id', 'latency_info', 'original', 'server_timestamp', 'type'])
      assert.equal(echo.type, 'echo')
      assert.deepEqual(echo.original, value)
      assert.equal(echo.client_id, client_id)
      assertEpochSeconds(echo.server_timestamp)
      const latency = echo.latency_info as Json
      assert.deepEqual(fields(latency), ['connection_age_ms', 'received_at'])
      assertEpochSeconds(latency.received_at)
      assertNotNegative(latency.connection_age_ms)
    }
    client.close()
  })

  test('gives {"type":"pong"} no answer', async () => {
    const client = open('/ws/echo')
    await client.nextJson()
    client.send(1, '{"type":"pong","timestamp":1}')
    client.send(1, '"next"')
    assert.equal((await client.nextJson()).original, 'next')
    client.close()
  })

  test('sends text that is not JSON back raw', async () => {
    const client = open('/ws/echo')
    await client.nextJson()
    client.send(1, 'not "JSON" \u0001 \u2028')
    const echo = await client.nextJson()
    assert.deepEqual(fields(echo), ['client_id', 'data', 'server_timestamp', 'type'])
    assert.equal(echo.type, 'echo_raw')
    assert.equal(echo.data, 'not "JSON" \u0001 \u2028')
    client.close()
  })

  test('sends a binary frame back unchanged as a binary frame, whatever its length', async () => {
    const client = open('/ws/echo')
    for (const length of [0, 125, 126, 65_535, 65_536]) {
      const payload = 'x'.repeat(length)
      client.send(2, payload)
      assert.equal(payloadOf(await client.nextFrame(2)).toString(), payload)
    }
    client.close()
  })

  test('sends a server_ping beside the ping frame at every interval', async () => {
    const client = open('/ws/echo?ping_interval=0.1')
    const { client_id } = await client.nextJson()
    for (const number of ['1', '2']) {
      assert.equal(payloadOf(await client.nextFrame(9)).toString(), number)
      const message = await client.nextJson()
      assert.deepEqual(fields(message), ['client_id', 'timestamp', 'type'])
      assert.equal(message.type, 'server_ping')
      assert.equal(message.client_id, client_id)
      assertEpochSeconds(message.timestamp)
    }
    client.close()
  })
})

describe('/ws/health', () => {
  test('tells its settings on open', async () => {
    const client = open('/ws/health')
    const status = await client.nextJson()
    assert.deepEqual(fields(status), ['client_id', 'config', 'environment', 'server_time', 'status', 'type'])
    assert.equal(status.type, 'health_status')
    assert.equal(status.status, 'connected')
    assertEpochSeconds(status.server_time)
    assert.deepEqual(status.config, {
      ping_interval: 30,
      ping_timeout: 10,
      expected_min_connection_duration: 30,
    })
    assert.deepEqual(status.environment, {
      allowed_origins: ['http://app.example'],
      public_base_url: 'https://ws.example',
      ws_public_url: 'wss://ws.example/ws',
    })
    client.close()
  })

  test('numbers its heartbeats from 1, beside the ping frames', async () => {
    const client = open('/ws/health?ping_interval=0.1')
    const { client_id } = await client.nextJson()
    for (const number of [1, 2]) {
      assert.equal(payloadOf(await client.nextFrame(9)).toString(), String(number))
      const beat = await client.nextJson()
      assert.deepEqual(fields(beat), [
        'client_id',
        'connection_age_seconds',
        'ping_number',
        'timestamp',
        'type',
      ])
      assert.equal(beat.type, 'heartbeat')
      assert.equal(beat.ping_number, number)
      assert.equal(beat.client_id, client_id)
      assertEpochSeconds(beat.timestamp)
      assert.ok(Number(beat.connection_age_seconds) >= number * 0.1)
    }
    client.close()
  })

  test('counts each {"type":"pong"} without answering, and ignores what it does not know', async () => {
    const client = open('/ws/health')
    await client.nextJson()
    for (const text of ['{"type":"pong"}', 'no JSON', '{"type":"other"}', 'null', '7', '{"type":"pong"}']) {
      client.send(1, text)
    }
    client.send(2, '{"type":"get_status"}')
    client.send(1, '{"type":"get_status"}')
    const status = await client.nextJson()
    assert.deepEqual(fields(status), [
      'client_id',
      'connection_age_seconds',
      'ping_count',
      'pong_count',
      'status',
      'timestamp',
      'type',
    ])
    assert.equal(status.type, 'health_status')
    assert.equal(status.status, 'healthy')
    assert.equal(status.ping_count, 0)
    assert.equal(status.pong_count, 2)
    assertNotNegative(status.connection_age_seconds)
    assertEpochSeconds(status.timestamp)
    client.close()
  })
})

describe('every endpoint', () => {
  test('counts a binary frame where it has no use for it, and stays open', async () => {
    const client = open('/ws?trace=binary')
    client.send(2, 'four')
    client.send(1, '{"type":"ping"}')
    assert.equal((await client.nextJson()).type, 'pong')
    assert.equal(client.frames.length, 1)
    client.close()
    const { messages_in, bytes_in } = await server.event('disconnected', 'binary')
    assert.deepEqual({ messages_in, bytes_in }, { messages_in: 2, bytes_in: 4 + 15 })
  })

  for (const path of ['/ws', '/ws/echo', '/ws/health']) {
    test(`${path} answers a ping frame with its payload and an empty close frame with one`, async () => {
      const client = open(path)
      client.send(9, 'abc')
      assert.equal(payloadOf(await client.nextFrame(10)).toString(), 'abc')
      client.send(8, '')
      assert.equal(closeOf(await client.nextFrame(8)).code, undefined)
      assert.equal((await client.end).kind, 'fin')
    })
  }

  test('Node’s own client talks to it', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws/echo?trace=undici`)
    const welcome = await new Promise<MessageEvent>((resolve) =>
      socket.addEventListener('message', resolve, { once: true }),
    )
    assert.equal(JSON.parse(String(welcome.data)).type, 'welcome')
    socket.close(4321, 'enough')
    const ended = await server.event('disconnected', 'undici')
    assert.equal(ended.close_code, 4321)
    assert.equal(ended.reason, 'enough')
    assert.equal(ended.initiator, 'client')
  })
})

describe('GET /health', () => {
  test('tells version, uptime, time and the number of open connections, under any Host', async () => {
    const own = await startServer()
    try {
      const health = async () => {
        const response = await fetch(`http://127.0.0.1:${own.port}/health`)
        assert.equal(response.status, 200)
        assert.match(response.headers.get('content-type') ?? '', /^application\/json/)
        return (await response.json()) as Json
      }
      const first = await health()
      for (const name of ['status', 'services', 'version', 'uptime_seconds', 'timestamp']) {
        assert.ok(name in first, `${name} is missing`)
      }
      assert.equal(first.status, 'healthy')
      assert.deepEqual(first.services, { websocket: 'active: 0' })
      assert.equal(first.version, 'test')
      assertNotNegative(first.uptime_seconds)
      assertEpochSeconds(first.timestamp)

      const clients = [0, 1, 2].map(() => openClient(own.port, '/ws/echo', { host: 'anything.example' }))
      await Promise.all(clients.map((client) => client.nextJson()))
      assert.deepEqual((await health()).services, { websocket: 'active: 3' })
      for (const client of clients) client.close()
    } finally {
      await own.app.close(0)
    }
  })
})
