import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openClient, sampleAccept } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
const open = (target: string, subprotocol?: string) =>
  openClient(server.port, target, {
    origin: server.origin,
    headers: subprotocol === undefined ? [] : [['Sec-WebSocket-Protocol', subprotocol]],
  })

before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

describe('faults in the answer to the handshake', { concurrency: true }, () => {
  test('pass-through answers as the endpoint itself does', async () => {
    const through = await open('/lab/pass-through/ws').response
    const direct = await open('/ws').response
    assert.deepEqual(through, direct)
    assert.equal(through?.status, 101)
  })

  for (const [problem, header, value] of [
    ['accept-missing', 'Sec-WebSocket-Accept', undefined],
    ['upgrade-wrong', 'Upgrade', 'h2c'],
    ['upgrade-missing', 'Upgrade', undefined],
    ['connection-missing', 'Connection', undefined],
    ['extension', 'Sec-WebSocket-Extensions', 'x-foo'],
  ] as const) {
    test(`bad-accept with ${problem} spoils ${header} alone`, async () => {
      const client = open(`/lab/bad-accept/ws?problem=${problem}`)
      assert.equal(await client.status(), 101)
      assert.equal(await client.header(header), value)
      if (header !== 'Sec-WebSocket-Accept')
        assert.equal(await client.header('Sec-WebSocket-Accept'), sampleAccept)
      client.close()
    })
  }

  test('bad-accept answers another key than the client’s, even to the key of the RFC', async () => {
    const client = open('/lab/bad-accept/ws')
    const accept = await client.header('Sec-WebSocket-Accept')
    assert.match(accept ?? '', /^[A-Za-z0-9+/]{27}=$/)
    assert.notEqual(accept, sampleAccept)
    client.close()
  })

  test('no-subprotocol leaves the answer without one, or names one that nobody asked for', async () => {
    const none = open('/lab/no-subprotocol/ws', 'chat')
    assert.deepEqual([await none.status(), await none.header('Sec-WebSocket-Protocol')], [101, undefined])
    const other = open('/lab/no-subprotocol/ws?answer=other', 'chat')
    assert.deepEqual([await other.status(), await other.header('Sec-WebSocket-Protocol')], [101, 'v0.other'])
    for (const client of [none, other]) client.close()
  })

  test('slow-handshake keeps the 101 back, and what the server sent meanwhile comes after it', async () => {
    const startedAt = performance.now()
    const client = open('/lab/slow-handshake/ws/health?after_seconds=0.3')
    assert.equal(await client.status(), 101)
    assert.ok(performance.now() - startedAt >= 290)
    assert.equal((await client.nextJson()).type, 'health_status')
    client.close()
  })

  test('handshake-closed ends before a byte, by FIN or by reset', async () => {
    const fin = open('/lab/handshake-closed/ws')
    assert.equal((await fin.end).kind, 'fin')
    assert.equal(await fin.response, undefined)
    assert.equal((await open('/lab/handshake-closed/ws?end=rst').end).kind, 'rst')
  })
})
