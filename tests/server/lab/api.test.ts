import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { faultIds } from '#lib/lab/faults.ts'
import { installedProxies } from '#server/lab/real-proxy/installed.ts'
import { openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
const api = (path: string, init: RequestInit = {}) => fetch(`http://localhost:${server.port}${path}`, init)
const post = (body: unknown, headers: Record<string, string> = {}) =>
  api('/api/lab/proxies', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

before(async () => {
  server = await startServer({ HOST: 'localhost' })
})
after(() => server.app.close(0))

test('GET /api/lab lists every fault with its knobs, their kinds, units and bounds', async () => {
  const response = await api('/api/lab')
  assert.equal(response.status, 200)
  const { faults, common_knobs, connections } = await response.json()
  assert.deepEqual(
    faults.map(({ id }: { id: string }) => id),
    [...faultIds],
  )
  const idle = faults.find(({ id }: { id: string }) => id === 'idle-timeout')
  assert.deepEqual(idle.knobs[0], {
    name: 'after_seconds',
    kind: 'number',
    says: 'Idle limit',
    unit: 'seconds',
    whole: false,
    default: 6,
    min: 0.1,
    max: 3600,
  })
  assert.deepEqual(idle.knobs[1].choices, ['fin', 'rst'])
  assert.deepEqual(
    common_knobs.map(({ name }: { name: string }) => name),
    ['fixed'],
  )
  assert.deepEqual(connections, { open: 0, limit: 256 })
})

test('a plain GET on an address of the lab gets 426 and the way on', async () => {
  const response = await api('/lab/idle-timeout/ws')
  assert.equal(response.status, 426)
  assert.match((await response.json()).message, /GET \/api\/lab/)
})

test('an unknown path of the API is said in JSON', async () => {
  const response = await api('/api/nothing')
  assert.equal(response.status, 404)
  assert.equal((await response.json()).error, 'not_found')
})

test('an order that is no order, an unknown fault or knob gets 400', async () => {
  assert.equal((await post('{')).status, 400)
  assert.equal((await post({ proxy: 'squid', fault: 'reset' })).status, 400)
  assert.equal((await post({ proxy: 'nginx', fault: 'meteor' })).status, 400)
  const response = await post({ proxy: 'nginx', fault: 'idle-timeout', knobs: { seconds: 1 } })
  assert.equal(response.status, 400)
  assert.equal((await response.json()).problems[0].code, 'unknown-knob')
})

test('no other website can start a proxy', async () => {
  const order = { proxy: 'nginx', fault: 'pass-through' }
  assert.equal((await post(order, { Origin: 'http://evil.example' })).status, 403)
  assert.equal((await post(order, { 'Content-Type': 'text/plain' })).status, 415)
  assert.equal((await post('x'.repeat(20_000))).status, 413)
})

const nginx = (await installedProxies()).find(({ kind }) => kind === 'nginx')

test('starts a fault on a real nginx, shows its configuration, and stops it', { skip: !nginx }, async () => {
  const response = await post({ proxy: 'nginx', fault: 'idle-timeout', knobs: { after_seconds: 0.5 } })
  assert.equal(response.status, 201)
  const { id, label, url, excerpt, config } = await response.json()
  assert.equal(label, nginx?.label)
  assert.match(excerpt, /proxy_read_timeout 500ms;/)
  assert.ok(config.includes('error_log'))
  const client = openClient(Number(new URL(url).port), '/ws/health', { origin: server.origin })
  assert.equal((await client.nextJson()).type, 'health_status')
  assert.equal((await client.end).kind, 'fin')
  const stop = () =>
    api(`/api/lab/proxies/${id}`, { method: 'DELETE', headers: { 'Content-Type': 'application/json' } })
  assert.equal((await stop()).status, 204)
  assert.equal((await stop()).status, 404)
})

test('a fault that the proxy cannot show is refused with the reason', { skip: !nginx }, async () => {
  const response = await post({ proxy: 'nginx', fault: 'masked-frame' })
  assert.equal(response.status, 409)
  assert.match((await response.json()).message, /nginx [\d.]+ cannot be set up to show masked-frame/)
})
