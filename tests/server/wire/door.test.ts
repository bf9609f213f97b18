import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { WebSocket } from 'ws'
import { startServer, type TestServer } from '#tests/server/lab/support/server.ts'

let server: TestServer
before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

test('a peer that answers no ping is terminated, and the events say why', async () => {
  const socket = new WebSocket(
    `ws://127.0.0.1:${server.port}/ws?trace=deaf&ping_interval=0.1&ping_timeout=0.05`,
    { autoPong: false },
  )
  await new Promise((resolve) => socket.once('close', resolve))
  await server.event('pong_timeout', 'deaf')
  const { close_code, initiator } = await server.event('disconnected', 'deaf')
  assert.deepEqual([close_code, initiator], [1006, 'network'])
})

const refusal = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number | undefined; body: string }>((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
    socket.on('error', () => {})
    socket.on('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
    })
  })

test('what is no endpoint gets 404 with the list, and a bad parameter 400 with what is allowed', async () => {
  const missing = await refusal('/ws/nope')
  assert.equal(missing.status, 404)
  for (const path of ['/ws', '/ws/echo', '/ws/health']) assert.ok(missing.body.includes(`"${path}"`))
  for (const query of [
    'ping_interval=0.01',
    'ping_interval=301',
    'ping_interval=1&ping_timeout=1',
    'trace=a%20b',
  ]) {
    assert.equal((await refusal(`/ws?${query}`)).status, 400, query)
  }
})

test('a foreign origin is refused with 403, and recorded without being accepted', async () => {
  const { status } = await refusal('/ws?trace=foreign&token=secret', { Origin: 'https://evil.example' })
  assert.equal(status, 403)
  const attempt = await server.event('attempt', 'foreign')
  assert.equal(attempt.url, '/ws?trace=foreign&token=***')
  await server.event('rejected', 'foreign')
  assert.deepEqual(server.kinds('foreign'), ['attempt', 'rejected'])
})

test('a plain GET on an endpoint gets 426, and pages answer no foreign Host', async () => {
  const plain = await fetch(`${server.origin}/ws`)
  assert.deepEqual([plain.status, plain.headers.get('upgrade')], [426, 'websocket'])
  const statusFor = (path: string) =>
    new Promise<number | undefined>((resolve) => {
      const asked = request(
        { host: '127.0.0.1', port: server.port, path, headers: { Host: 'rebound.example' } },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      )
      asked.end()
    })
  assert.equal(await statusFor('/api/events'), 421)
  assert.equal(await statusFor('/health'), 200)
})
