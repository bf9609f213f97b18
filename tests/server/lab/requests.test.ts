import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { faultIds } from '#lib/lab/faults.ts'
import { closeOf, openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

let server: TestServer
const open = (target: string) => openClient(server.port, target, { origin: server.origin })

before(async () => {
  server = await startServer({ ACCESS_TOKEN: TOKEN })
})
after(() => server.app.close(0))

describe('faults in the request', { concurrency: true }, () => {
  test('strip-upgrade-headers brings back what the backend says of an ordinary GET', async () => {
    const client = open('/lab/strip-upgrade-headers/ws?trace=strip')
    assert.equal(await client.status(), 426)
    const attempt = await server.event('attempt', 'strip')
    assert.equal(attempt.upgrade, undefined)
    assert.equal(attempt.connection, 'close')
    assert.equal(attempt.endpoint, '/ws')
    assert.equal((await server.event('rejected', 'strip')).status, 426)
  })

  test('strip-upgrade-headers can lose one of the two alone', async () => {
    const withoutConnection = open('/lab/strip-upgrade-headers/ws?missing=connection&trace=no-connection')
    assert.equal(await withoutConnection.status(), 426)
    const lost = await server.event('attempt', 'no-connection')
    assert.deepEqual([lost.upgrade, lost.connection], ['websocket', 'close'])
    const withoutUpgrade = open('/lab/strip-upgrade-headers/ws?missing=upgrade&trace=no-upgrade')
    assert.equal(await withoutUpgrade.status(), 426)
    const other = await server.event('attempt', 'no-upgrade')
    assert.deepEqual([other.upgrade, other.connection], [undefined, 'upgrade'])
    for (const client of [withoutConnection, withoutUpgrade]) client.close()
  })

  test('http10-upstream is refused by the backend, which was asked in HTTP/1.0', async () => {
    const client = open('/lab/http10-upstream/ws?trace=http10')
    assert.equal(await client.status(), 400)
    assert.equal((await server.event('attempt', 'http10')).http_version, '1.0')
  })

  test('origin-rejected is a real refusal of this page’s origin, in the events too', async () => {
    const client = open('/lab/origin-rejected/ws?trace=origin')
    assert.equal(await client.status(), 403)
    const attempt = await server.event('attempt', 'origin')
    assert.equal(attempt.origin, server.origin)
    const { cause, status } = await server.event('rejected', 'origin')
    assert.deepEqual({ cause, status }, { cause: 'origin', status: 403 })
  })

  test('origin-rejected can open and close with 1008', async () => {
    const client = open('/lab/origin-rejected/ws?answer=1008&trace=origin-1008')
    assert.equal(await client.status(), 101)
    const { code, reason } = closeOf(await client.nextFrame(8))
    assert.deepEqual([code, reason], [1008, 'Origin not in allowed list'])
    assert.equal((await server.event('rejected', 'origin-1008')).close_code, 1008)
    client.close()
  })

  test('foreign-host is refused by a backend that compares Origin with Host', async () => {
    const byHost = open('/lab/foreign-host/ws?trace=host')
    assert.equal(await byHost.status(), 403)
    const attempt = await server.event('attempt', 'host')
    assert.equal(attempt.host, 'backend.internal:8080')
    assert.equal(attempt.origin, server.origin)
    const byOrigin = open('/lab/foreign-host/ws?changed=origin&trace=changed-origin')
    assert.equal(await byOrigin.status(), 403)
    assert.equal((await server.event('attempt', 'changed-origin')).origin, 'http://backend.internal:8080')
  })

  test('the endpoint is asked for without the lab and its knobs, with everything else as it was sent', async () => {
    const client = openClient(
      server.port,
      '/lab/idle-timeout/ws/health?after_seconds=5&ping_interval=7&trace=pass&ping_timeout=2',
      {
        origin: server.origin,
        headers: [
          ['X-Forwarded-For', '203.0.113.9'],
          ['Cookie', 'a=b'],
          ['Authorization', `Bearer ${TOKEN}`],
        ],
      },
    )
    const { config } = await client.nextJson()
    assert.deepEqual(config, { ping_interval: 7, ping_timeout: 2, expected_min_connection_duration: 30 })
    const attempt = await server.event('attempt', 'pass')
    assert.equal(attempt.url, '/ws/health?ping_interval=7&trace=pass&ping_timeout=2')
    assert.equal(attempt.forwarded_for, '203.0.113.9')
    assert.ok(!JSON.stringify(attempt).includes('idle-timeout'), 'the fault’s id is no evidence')
    client.close()
  })
})

describe('a fault that is put right', { concurrency: true }, () => {
  for (const fault of faultIds) {
    test(`${fault} opens under the same address with fixed=yes`, async () => {
      const client = open(`/lab/${fault}/ws/health?fixed=yes`)
      assert.equal(await client.status(), 101)
      assert.equal((await client.nextJson()).type, 'health_status')
      client.close()
    })
  }
})
