import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get } from 'node:https'
import { after, before, test } from 'node:test'
import { WebSocket } from 'ws'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

let server: TestServer
let origin: string

const ask = (headers: Record<string, string> = {}, port = server.port) =>
  fetch(`http://127.0.0.1:${port}/api/secure-page`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  })

before(async () => {
  server = await startServer({ HOST: 'localhost', ACCESS_TOKEN: TOKEN })
  origin = (await (await ask()).json()).origin
})
after(() => server.app.close(0))

// The certificate vouches for nobody: that is the point.
const unchecked = { rejectUnauthorized: false }

async function overTls(path: string): Promise<{ status?: number; policy?: string; names?: string }> {
  const request = get(`${origin}${path}`, unchecked)
  const [response] = await once(request, 'response')
  response.resume()
  return {
    status: response.statusCode,
    policy: response.headers['content-security-policy'],
    names: response.socket.getPeerCertificate().subjectaltname,
  }
}

test('the second port answers as the first, with its headers, under a certificate for this machine', async () => {
  const { status, policy, names } = await overTls('/health')
  assert.equal(status, 200)
  assert.match(policy ?? '', /frame-ancestors 'none'/)
  assert.match(names ?? '', /DNS:localhost, IP Address:127\.0\.0\.1/)
})

test('asked again it is the same port', async () => {
  assert.equal((await (await ask()).json()).origin, origin)
})

test('its own origin opens sockets there and at the first port, and the server sees TLS', async () => {
  const doors = {
    second: `${origin.replace('https', 'wss')}/ws`,
    first: `ws://127.0.0.1:${server.port}/ws`,
  }
  for (const [trace, url] of Object.entries(doors)) {
    const socket = new WebSocket(`${url}?trace=${trace}`, { ...unchecked, origin })
    await once(socket, 'open')
    socket.close(1000)
    await once(socket, 'close')
  }
  assert.equal((await server.event('attempt', 'second')).scheme, 'wss')
  assert.equal((await server.event('attempt', 'first')).scheme, 'ws')
})

test('a foreign origin is turned away there too', async () => {
  const socket = new WebSocket(`${origin.replace('https', 'wss')}/ws`, {
    ...unchecked,
    origin: 'https://evil.example',
  })
  const [error] = await once(socket, 'error')
  assert.match(error.message, /403/)
})

test('no website and nobody behind a proxy gets it', async () => {
  assert.equal((await ask({ origin: 'https://evil.example' })).status, 403)
  const forwarded = await ask({ 'x-forwarded-for': '192.0.2.1', authorization: `Bearer ${TOKEN}` })
  assert.equal(forwarded.status, 403)
  assert.equal((await forwarded.json()).error, 'not_local')
})

test('a fault of the lab works there, and its backend hears of TLS', async () => {
  const url = `${origin.replace('https', 'wss')}/lab/pass-through/ws?trace=through-tls`
  const socket = new WebSocket(url, { ...unchecked, origin })
  await once(socket, 'open')
  const { scheme, forwarded_proto } = await server.event('attempt', 'through-tls')
  assert.deepEqual({ scheme, forwarded_proto }, { scheme: 'wss', forwarded_proto: 'https' })
  socket.close(1000)
  await once(socket, 'close')
})

test('it ends with the server', async () => {
  const mortal = await startServer()
  const address = (await (await ask({}, mortal.port)).json()).origin
  await mortal.app.close(0)
  const request = get(`${address}/health`, unchecked)
  const [error] = await once(request, 'error')
  assert.equal(error.code, 'ECONNREFUSED')
})
