import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeOf, openClient } from '#tests/server/support/client.ts'
import { exchange, handshake } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

let server: TestServer
let accepting: TestServer

before(async () => {
  const environment = {
    ALLOWED_ORIGINS: 'https://app.example, http://localhost:3000',
    PUBLIC_BASE_URL: 'https://why.example',
    ALLOWED_HOSTS: 'devbox',
    ACCESS_TOKEN: TOKEN,
  }
  server = await startServer(environment)
  accepting = await startServer({ ...environment, WS_ORIGIN_REJECTION: '1008' })
})
after(() => Promise.all([server.app.close(0), accepting.app.close(0)]))

const statusOf = async (path: string, Origin: string | undefined, Host = 'localhost') =>
  (await exchange(server.port, handshake(path, { Origin, Host, Authorization: `Bearer ${TOKEN}` }))).status

const own = () => [
  `http://localhost:${server.port}`,
  `http://127.0.0.1:${server.port}`,
  `http://[::1]:${server.port}`,
  'https://why.example',
]
const guests = ['https://app.example', 'http://localhost:3000', 'chrome-extension://abcdefghijklmnop']
const strangers = [
  'null',
  '',
  'https://evil.example',
  'http://app.example',
  'https://app.example.evil.example',
  'https://app.example:444',
  'https://app.example/',
  'http://localhost',
  'http://localhost:1',
  'chrome-extension://',
  'https://app.example, https://evil.example',
  'moz-extension://abc',
]

test('its own origin, the listed ones, extensions and clients without an origin open the sockets', async () => {
  for (const path of ['/ws', '/ws/echo', '/ws/health']) {
    for (const origin of [...own(), ...guests, undefined]) {
      assert.equal(await statusOf(path, origin), 101, `${path} from ${origin}`)
    }
  }
})

for (const origin of strangers) {
  test(`the origin "${origin}" is turned away with 403`, async () => {
    assert.equal(await statusOf('/ws', origin), 403)
  })
}

test('only its own origin watches the events', async () => {
  for (const origin of [...own(), undefined]) assert.equal(await statusOf('/ws/diagnostics', origin), 101)
  for (const origin of [...guests, ...strangers]) assert.equal(await statusOf('/ws/diagnostics', origin), 403)
})

test('the sockets take any Host, the events only known ones', async () => {
  for (const path of ['/ws', '/ws/echo', '/ws/health']) {
    assert.equal(await statusOf(path, undefined, 'rebound.example'), 101)
  }
  assert.equal(await statusOf('/ws/diagnostics', undefined, 'rebound.example'), 421)
  for (const host of [
    'localhost:1',
    '127.0.0.1',
    '127.1.2.3:9000',
    '[::1]:9000',
    'why.example',
    'DEVBOX:80',
  ]) {
    assert.equal(await statusOf('/ws/diagnostics', undefined, host), 101, host)
  }
})

test('a page served under one of ALLOWED_HOSTS has an origin of this server', async () => {
  assert.equal(await statusOf('/ws/diagnostics', 'http://devbox:9000', 'devbox:9000'), 101)
  assert.equal(await statusOf('/ws/diagnostics', 'http://devbox:9000', 'devbox:8000'), 403)
  assert.equal(await statusOf('/ws/diagnostics', 'http://evil.example', 'evil.example'), 403)
})

test('the origin is judged before path, host, parameters and the rest of the handshake', async () => {
  const Origin = 'https://evil.example'
  assert.equal(await statusOf('/nowhere', Origin), 403)
  assert.equal(await statusOf('/ws/diagnostics', Origin, 'rebound.example'), 403)
  assert.equal(await statusOf('/ws?ping_interval=x', Origin), 403)
  const noKey = await exchange(server.port, handshake('/ws', { Origin, 'Sec-WebSocket-Key': undefined }))
  assert.equal(noKey.status, 403)
})

test('the answer names the origin and the remedy', async () => {
  const { body } = await exchange(server.port, handshake('/ws', { Origin: 'https://evil.example' }))
  assert.match(JSON.parse(body).remedy, /ALLOWED_ORIGINS/)
  assert.equal(JSON.parse(body).origin, 'https://evil.example')
})

test('with 1008 the handshake is accepted and closed at once, and never counted as accepted', async () => {
  const client = openClient(accepting.port, '/ws?trace=guest', { origin: 'https://evil.example' })
  assert.equal(await client.status(), 101)
  assert.deepEqual(closeOf(await client.nextFrame(8)), { code: 1008, reason: 'Origin not in allowed list' })
  client.send(8, '')
  await client.end
  const rejected = await accepting.event('rejected', 'guest')
  assert.deepEqual([rejected.cause, rejected.close_code, rejected.status], ['origin', 1008, undefined])
  assert.deepEqual(accepting.kinds('guest'), ['attempt', 'rejected'])
  assert.equal(accepting.app.sessions.size, 0)
})

test('with 1008 a handshake that could not be accepted anyway gets its 403', async () => {
  const changes = { Origin: 'https://evil.example', 'Sec-WebSocket-Key': undefined }
  assert.equal((await exchange(accepting.port, handshake('/ws', changes))).status, 403)
})
