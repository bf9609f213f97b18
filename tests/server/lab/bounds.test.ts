import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { faultIds } from '#lib/lab/faults.ts'
import { openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'
import { until } from '#tests/server/support/until.ts'

let server: TestServer
const open = (target: string, options = {}) =>
  openClient(server.port, target, { origin: server.origin, ...options })

before(async () => {
  server = await startServer({ ALLOWED_ORIGINS: 'http://friend.example' })
})
after(() => server.app.close(0))

async function refusal(target: string, options = {}) {
  const client = open(target, options)
  const status = await client.status()
  await client.end
  return { status, body: JSON.parse(client.body()) }
}

describe('what the lab refuses', { concurrency: true }, () => {
  test('an unknown fault gets 400 and the list of faults', async () => {
    const { status, body } = await refusal('/lab/meteor/ws')
    assert.equal(status, 400)
    assert.deepEqual(body.problems[0].allowed, [...faultIds])
  })

  test('names of Object’s own are no faults', async () => {
    for (const name of ['constructor', '__proto__', 'toString', '']) {
      assert.equal((await refusal(`/lab/${name}/ws`)).status, 400)
    }
    assert.equal((await refusal('/lab')).status, 400)
  })

  test('an unknown endpoint gets 400 and the addresses that there are', async () => {
    const { status, body } = await refusal('/lab/reset/api')
    assert.equal(status, 400)
    assert.ok(body.problems[0].allowed.includes('/lab/reset/ws/health'))
    assert.equal((await refusal('/lab/reset/lab/reset/ws')).status, 400)
  })

  test('an unknown knob gets 400 and the knobs with their bounds', async () => {
    const { status, body } = await refusal('/lab/idle-timeout/ws?seconds=3&constructor=1')
    assert.equal(status, 400)
    assert.deepEqual(
      body.problems.map(({ code }: { code: string }) => code),
      ['unknown-knob', 'unknown-knob'],
    )
    assert.ok(body.problems[0].allowed.includes('after_seconds: 0.1 to 3600 seconds'))
    assert.ok(body.problems[0].allowed.includes('ping_interval'))
  })

  test('a knob out of its bounds, of another kind or given twice gets 400', async () => {
    for (const query of [
      'after_seconds=0',
      'after_seconds=3601',
      'after_seconds=NaN',
      'after_seconds=1e3',
      'after_seconds=',
      'end=maybe',
      'after_seconds=1&after_seconds=1',
    ]) {
      const { status, body } = await refusal(`/lab/idle-timeout/ws?${query}`)
      assert.equal(status, 400, query)
      assert.equal(body.problems[0].code, 'bad-knob', query)
    }
  })

  test('the endpoint judges what is its own, behind the relay', async () => {
    const client = open('/lab/pass-through/ws?ping_interval=-1')
    assert.equal(await client.status(), 400)
    client.close()
  })

  test('a foreign origin gets 403, one that may use the sockets too', async () => {
    for (const origin of ['http://evil.example', 'http://friend.example', 'null', 'chrome-extension://abc']) {
      assert.equal((await refusal('/lab/pass-through/ws', { origin })).status, 403, origin)
    }
    const friend = open('/ws', { origin: 'http://friend.example' })
    assert.equal(await friend.status(), 101)
    friend.close()
  })

  test('a foreign Host gets 421, because the name may be rebound', async () => {
    const { status } = await refusal('/lab/pass-through/ws', { origin: undefined, host: 'evil.example' })
    assert.equal(status, 421)
  })

  test('a client without Origin, which is no browser, may come in', async () => {
    const client = open('/lab/pass-through/ws', { origin: undefined })
    assert.equal(await client.status(), 101)
    client.close()
  })
})

test('the 257th connection gets 503, and a place is free again when one has gone', async () => {
  await until(() => server.app.lab.open === 0)
  const clients = Array.from({ length: 256 }, () => open('/lab/pass-through/ws'))
  for (const client of clients) assert.equal(await client.status(), 101)
  const { status, body } = await refusal('/lab/pass-through/ws')
  assert.deepEqual([status, body.error], [503, 'too_many_relays'])
  clients[7]?.close()
  await until(() => server.app.lab.open === 255)
  const late = open('/lab/pass-through/ws')
  assert.equal(await late.status(), 101)
  for (const client of [...clients, late]) client.close()
  await until(() => server.app.lab.open === 0)
})

test('a client that vanishes in the handshake leaves nothing behind', async () => {
  const waiting = [
    'slow-handshake/ws?after_seconds=60',
    'gateway-timeout/ws?after_seconds=60',
    'stall/ws',
  ].map((target) => open(`/lab/${target}`))
  await until(() => server.app.lab.open === 3)
  waiting[0]?.socket.resetAndDestroy()
  waiting[1]?.socket.end()
  waiting[2]?.socket.destroy()
  await until(() => server.app.lab.open === 0)
})

test('two connections at once know nothing of each other', async () => {
  const dying = open('/lab/idle-timeout/ws?after_seconds=0.1')
  const living = open('/lab/idle-timeout/ws?after_seconds=0.6')
  await living.status()
  assert.equal((await dying.end).kind, 'fin')
  living.send(1, '{"type":"ping"}')
  assert.equal((await living.nextJson()).type, 'pong')
  living.close()
})

test('shutdown ends relays of every kind, the processes included', async () => {
  const other = await startServer()
  const clients = [
    'pass-through',
    'half-open',
    'stall',
    'origin-rejected',
    'slow-handshake',
    'gateway-timeout',
  ].map((fault) => openClient(other.port, `/lab/${fault}/ws`, { origin: other.origin }))
  await clients[0]?.status()
  await until(() => other.app.lab.open >= 4)
  await other.app.close(300)
  await Promise.all(clients.map(({ end }) => end))
  assert.equal(other.app.lab.open, 0)
})

test('a connection on which nothing moves is swept, one with a heartbeat is not', async (t) => {
  const other = await startServer({}, { idleMs: 600 })
  t.after(() => other.app.close(0))
  const connect = (target: string) => openClient(other.port, target, { origin: other.origin })
  const silent = connect('/lab/half-open/ws?after_seconds=0')
  const alive = connect('/lab/pass-through/ws?ping_interval=0.2&ping_timeout=0.19')
  await silent.end
  await until(() => other.app.lab.open === 1)
  alive.send(1, '{"type":"ping"}')
  assert.equal((await alive.nextJson()).type, 'pong')
  alive.close()
})
