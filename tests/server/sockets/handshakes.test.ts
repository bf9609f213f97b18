import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openClient } from '#tests/server/support/client.ts'
import { connected, exchange, handshake } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'
import { until } from '#tests/server/support/until.ts'

let server: TestServer

before(async () => {
  server = await startServer({ WS_MAX_CONNECTIONS: '50' }, {}, { handshakeTimeoutMs: 200 })
})
after(() => server.app.close(0))

const shake = (path: string, changes: Record<string, string | undefined> = {}) =>
  exchange(server.port, handshake(path, changes))

test('the answer to a right handshake is that of RFC 6455', async () => {
  const { head } = await shake('/ws')
  assert.match(head, /^HTTP\/1\.1 101 /)
  assert.match(head, /Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/)
})

test('no extension is taken, the first of the subprotocols is', async () => {
  const answer = await shake('/ws', {
    'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
    'Sec-WebSocket-Protocol': 'v2.chat, v1.chat',
  })
  assert.equal(answer.header('Sec-WebSocket-Extensions'), undefined)
  assert.equal(answer.header('Sec-WebSocket-Protocol'), 'v2.chat')
})

const malformed: readonly [name: string, status: number, changes: Record<string, string | undefined>][] = [
  ['no key', 400, { 'Sec-WebSocket-Key': undefined }],
  ['a key that is no base64', 400, { 'Sec-WebSocket-Key': '!!!!!!!!!!!!!!!!!!!!!!==' }],
  ['a key that is too short', 400, { 'Sec-WebSocket-Key': 'c2hvcnQ=' }],
  ['no version', 426, { 'Sec-WebSocket-Version': undefined }],
  ['version 8', 426, { 'Sec-WebSocket-Version': '8' }],
  ['a repeated subprotocol', 400, { 'Sec-WebSocket-Protocol': 'a, a' }],
  ['a subprotocol that is no token', 400, { 'Sec-WebSocket-Protocol': 'a b' }],
  ['no Upgrade', 426, { Upgrade: undefined, Connection: 'close' }],
  ['no Connection', 426, { Connection: undefined }],
  ['an upgrade to something else', 426, { Upgrade: 'h2c' }],
  ['an upgrade to something whose name begins so', 426, { Upgrade: 'websocket2, h2c' }],
  ['no Host', 400, { Host: undefined }],
  ['two Hosts', 400, { host: 'localhost' }],
  ['a Host that is none', 400, { Host: 'local host' }],
  ['a Host with a user', 400, { Host: 'me@localhost' }],
]

for (const [name, status, changes] of malformed) {
  test(`${name} is answered with ${status} and a reason, and recorded`, async () => {
    const trace = `bad-${malformed.findIndex(([other]) => other === name)}`
    const answer = await shake(`/ws?trace=${trace}`, changes)
    assert.equal(answer.status, status)
    assert.equal(typeof JSON.parse(answer.body).message, 'string')
    const { cause, status: recorded } = await server.event('rejected', trace)
    assert.deepEqual({ cause, recorded }, { cause: 'handshake', recorded: status })
    assert.deepEqual(server.kinds(trace), ['attempt', 'rejected'])
  })
}

for (const upgrade of [
  'websocket, h2c',
  'h2c,WebSocket',
  'websocket,websocket',
  'websocket\r\nUpgrade: h2c',
]) {
  test(`Upgrade: ${upgrade.replace('\r\n', ' and ')} asks for WebSocket, and is recorded as it was`, async () => {
    const trace = `list-${upgrade.length}`
    assert.equal((await shake(`/ws?trace=${trace}`, { Upgrade: upgrade })).status, 101)
    const attempt = await server.event('attempt', trace)
    assert.equal(attempt.upgrade, upgrade.replace('\r\nUpgrade:', ','))
  })
}

for (const target of [
  'http://localhost/ws',
  'HTTP://127.0.0.1:1/ws',
  'ws://[::1]/ws',
  'wss://localhost/ws',
]) {
  test(`the target ${target} is taken by its path, and its host in place of the header`, async () => {
    const trace = `absolute-${target.length}`
    const path = `${target}?trace=${trace}`
    assert.equal((await shake(path, { Host: 'other.example' })).status, 101)
    const { url, host } = await server.event('attempt', trace)
    assert.deepEqual({ url, host }, { url: `/ws?trace=${trace}`, host: new URL(target).host })
  })
}

test('a target in absolute form is judged by the host that it names', async () => {
  assert.equal((await shake('http://evil.example/ws/diagnostics')).status, 421)
  assert.equal((await shake('http://localhost/ws/diagnostics', { Host: 'evil.example' })).status, 101)
  assert.equal((await shake('http://localhost/ws', { host: 'localhost' })).status, 400)
  for (const target of ['ftp://localhost/ws', 'http:///ws', 'http://me@localhost/ws', 'http://a b/ws']) {
    assert.equal((await shake(target)).status, 400, target)
  }
})

test('an unsupported version is told which one is', async () => {
  const { header } = await shake('/ws', { 'Sec-WebSocket-Version': '99' })
  assert.equal(header('Sec-WebSocket-Version'), '13')
})

test('a POST with the headers of a handshake is no handshake', async () => {
  const answer = await exchange(server.port, handshake('/ws').replace('GET', 'POST'))
  assert.equal(answer.status, 405)
})

test('a path that is no endpoint gets 404 with the list of endpoints', async () => {
  for (const path of [
    '/',
    '/ws/',
    '/ws/unknown',
    '/WS',
    '/ws%2Fecho',
    '//ws',
    'http://localhost/',
    'ws://localhost',
  ]) {
    const { status, body } = await shake(path)
    assert.equal(status, 404, path)
    const paths = JSON.parse(body).endpoints.map((endpoint: { path: string }) => endpoint.path)
    assert.deepEqual(paths, ['/ws', '/ws/echo', '/ws/health', '/ws/diagnostics', '/ws/through'])
  }
})

test('a plain GET on an endpoint gets 426, what to upgrade to and how', async () => {
  for (const path of ['/ws', '/ws/echo', '/ws/health', '/ws/diagnostics', '/ws/through']) {
    const answer = await shake(path, { Upgrade: undefined, Connection: undefined })
    assert.equal(answer.status, 426)
    assert.equal(answer.header('Upgrade'), 'websocket')
    assert.match(answer.body, new RegExp(`ws://localhost:${server.port}${path}`))
  }
})

for (const query of [
  'ping_interval=0.09',
  'ping_interval=300.1',
  'ping_interval=abc',
  'ping_interval=',
  'ping_interval=-1',
  'ping_interval=1&ping_interval=2',
  'ping_timeout=0.04',
  'ping_timeout=30',
  'ping_interval=1&ping_timeout=1',
  'ping_interval=1&ping_timeout=x',
  'trace=',
  'trace=a.b',
  `trace=${'t'.repeat(65)}`,
]) {
  test(`?${query.slice(0, 40)} is refused with 400 that says what is allowed`, async () => {
    const { status, body } = await shake(`/ws?${query}`)
    assert.equal(status, 400)
    assert.match(JSON.parse(body).message, /from|more than once|1 to 64/)
  })
}

for (const [query, interval, timeout] of [
  ['ping_interval=0.1', 0.1, 0.05],
  ['ping_interval=300', 300, 10],
  ['ping_interval=300&ping_timeout=299.9', 300, 299.9],
  ['ping_timeout=29', 30, 29],
  ['ping_interval=0.2&ping_timeout=0.05&token=secret', 0.2, 0.05],
  ['', 30, 10],
] as const) {
  test(`?${query} beats every ${interval} s and waits ${timeout} s`, async () => {
    const client = openClient(server.port, `/ws/echo?${query}`)
    assert.deepEqual((await client.nextJson()).config, { ping_interval: interval, ping_timeout: timeout })
    client.close()
  })
}

test('half a handshake is answered with 408 when its time is up', async () => {
  const answer = await exchange(server.port, 'GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgr')
  assert.equal(answer.status, 408)
})

test('a handshake that drips is cut off all the same', async () => {
  const socket = await connected(server.port)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.resume()
  socket.on('error', () => {})
  socket.write('GET /ws HTTP/1.1\r\n')
  const drip = setInterval(() => socket.write('X-Drip: 1\r\n'), 30)
  await closed
  clearInterval(drip)
})

test('bytes that are no HTTP get 400, headers beyond 16 KiB get 431', async () => {
  assert.equal((await exchange(server.port, '\x16\x03\x01\x02\x00\x01\x00')).status, 400)
  assert.equal((await exchange(server.port, 'SSH-2.0-OpenSSH_9.2\r\n')).status, 400)
  assert.equal((await shake('/ws', { 'X-Large': 'x'.repeat(20_000) })).status, 431)
})

test('a header value with control characters never gets in', async () => {
  for (const value of ['a\r b', 'a\nb', 'a\0b']) {
    assert.equal((await shake('/ws', { 'User-Agent': value })).status, 400, JSON.stringify(value))
  }
})

test('500 handshakes of a foreign origin within a second, half of them reset, hurt nobody', async () => {
  const memoryBefore = process.memoryUsage().heapUsed
  const bystander = openClient(server.port, '/ws/echo')
  await bystander.nextJson()
  const answers = await Promise.all(
    Array.from({ length: 500 }, async (_, index) => {
      const request = handshake('/ws', { Origin: 'https://evil.example' })
      if (index % 2 === 0) return (await exchange(server.port, request)).status
      const socket = await connected(server.port)
      socket.write(request)
      socket.resetAndDestroy()
      return 403
    }),
  )
  assert.ok(answers.every((status) => status === 403))
  bystander.send(1, '1')
  assert.equal((await bystander.nextJson()).original, 1)
  bystander.close()
  assert.ok(process.memoryUsage().heapUsed - memoryBefore < 64 * 1024 * 1024)
})

test('beyond WS_MAX_CONNECTIONS a handshake gets 503 and when to come again, and room is room again', async () => {
  await until(() => server.app.sessions.size === 0)
  const clients = Array.from({ length: 50 }, () => openClient(server.port, '/ws/echo'))
  await Promise.all(clients.map((client) => client.nextJson()))
  const refused = await shake('/ws?trace=limit')
  assert.equal(refused.status, 503)
  assert.ok(Number(refused.header('Retry-After')) > 0)
  assert.equal((await server.event('rejected', 'limit')).cause, 'limit')
  const [first] = clients
  first?.send(8, '')
  await first?.end
  assert.equal((await shake('/ws')).status, 101)
  for (const client of clients) client.close()
})
