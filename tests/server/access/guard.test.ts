import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeOf, openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
before(async () => {
  server = await startServer({
    TRUSTED_PROXIES: '127.0.0.1',
    WS_MAX_PER_ADDRESS: '3',
    WS_HANDSHAKES_PER_SECOND: '5',
    WS_MESSAGES_PER_SECOND: '10',
    WS_BYTES_PER_SECOND: '2048',
  })
})
after(() => server.app.close(0))

const from = (address: string, trace: string, path = '/ws') =>
  openClient(server.port, `${path}?trace=${trace}`, { headers: [['X-Forwarded-For', address]] })

test('an address holds so many connections; one more gets 429, and a place that is left is free again', async () => {
  const held = ['a', 'b', 'c'].map(() => from('192.0.2.1', 'held'))
  for (const client of held) assert.equal(await client.status(), 101)
  const more = from('192.0.2.1', 'more')
  assert.equal(await more.status(), 429)
  assert.equal(await more.header('Retry-After'), '5')
  assert.match(more.body(), /WS_MAX_PER_ADDRESS/)
  const { cause, status } = await server.event('rejected', 'more')
  assert.deepEqual([cause, status], ['limit', 429])
  const other = from('192.0.2.2', 'other')
  assert.equal(await other.status(), 101)
  held[0]?.close()
  await server.event('disconnected', 'held')
  const again = from('192.0.2.1', 'again')
  assert.equal(await again.status(), 101)
  for (const client of [...held, other, again]) client.close()
})

test('handshakes that come too fast get 429, and a flood of them is one event', async () => {
  const flood = Array.from({ length: 100 }, () => from('192.0.2.3', 'flood', '/nowhere'))
  const statuses = await Promise.all(flood.map((client) => client.status()))
  const refused = statuses.filter((status) => status === 429).length
  assert.ok(refused > 2, `${refused} of 100`)
  assert.equal(statuses.filter((status) => status === 404).length, 100 - refused)
  const limit = (await server.journal.read({ limit: 1000, filter: { trace: 'flood', kinds: ['rejected'] } }))
    .records
  // On a slow machine the flood may last longer than one event stands for.
  assert.ok(limit.filter(({ event }) => event.status === 429).length <= 2)
  const other = from('192.0.2.4', 'calm')
  assert.equal(await other.status(), 101)
  other.close()
})

for (const [what, code, send] of [
  ['messages', 1008, (client: ReturnType<typeof from>) => client.send(1, '{}')],
  ['pings', 1008, (client: ReturnType<typeof from>) => client.send(9, 'x')],
  ['bytes', 1013, (client: ReturnType<typeof from>) => client.send(1, 'x'.repeat(1500))],
] as const) {
  test(`too many ${what} a second end the connection with ${code}, and with an event`, async () => {
    const trace = `too-many-${what}`
    const client = from('192.0.2.5', trace)
    assert.equal(await client.status(), 101)
    for (let count = 0; count < 100; count += 1) send(client)
    const close = closeOf(await client.nextFrame(8))
    assert.equal(close.code, code)
    assert.match(close.reason, code === 1008 ? /10 messages.*WS_MESSAGES_PER_SECOND/ : /2048 bytes/)
    assert.equal((await server.event('error', trace)).code, 'too-much')
    client.close()
    assert.equal((await server.event('disconnected', trace)).close_code, code)
  })
}

test('whoever is at this machine is not counted', async () => {
  const own = await startServer({
    WS_MAX_PER_ADDRESS: '1',
    WS_HANDSHAKES_PER_SECOND: '1',
    WS_MESSAGES_PER_SECOND: '1',
  })
  const clients = Array.from({ length: 10 }, () => openClient(own.port, '/ws'))
  try {
    for (const client of clients) {
      assert.equal(await client.status(), 101)
      for (let count = 0; count < 5; count += 1) client.send(1, '{"type":"ping"}')
      for (let count = 0; count < 5; count += 1) assert.equal((await client.nextJson()).type, 'pong')
    }
  } finally {
    for (const client of clients) client.close()
    await own.app.close(0)
  }
})
