import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { closeOf, openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
const open = (target: string) => openClient(server.port, target, { origin: server.origin })

before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

describe('faults that end a connection', { concurrency: true }, () => {
  test('idle-timeout ends a silent connection with a FIN and no close frame', async () => {
    const client = open('/lab/idle-timeout/ws?after_seconds=0.2&trace=idle')
    assert.equal(await client.status(), 101)
    const { kind, ms } = await client.end
    assert.equal(kind, 'fin')
    assert.ok(ms >= 190 && ms < 5000, `ended after ${ms} ms`)
    assert.equal(client.frames.length, 0)
    const { close_code, initiator } = await server.event('disconnected', 'idle')
    assert.deepEqual({ close_code, initiator }, { close_code: 1006, initiator: 'network' })
  })

  test('idle-timeout is put off by bytes from the client alone', async () => {
    const client = open('/lab/idle-timeout/ws?after_seconds=0.3')
    await client.status()
    // Pongs that nobody asked for: the server does not answer them.
    for (const _ of Array.from({ length: 5 })) {
      client.send(0xa, '')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const { ms } = await client.end
    assert.ok(ms >= 650, `ended after ${ms} ms`)
  })

  test('idle-timeout is put off by the server’s heartbeat', async () => {
    const client = open('/lab/idle-timeout/ws?after_seconds=1.2&ping_interval=0.5&ping_timeout=0.49')
    await client.nextFrame(9)
    for (const _ of Array.from({ length: 3 })) await client.nextFrame(9)
    assert.ok((client.frames.at(-1)?.ms ?? 0) > 1500)
    client.close()
  })

  test('idle-timeout can reset in place of a FIN', async () => {
    const client = open('/lab/idle-timeout/ws?after_seconds=0.1&end=rst')
    assert.equal((await client.end).kind, 'rst')
  })

  test('max-lifetime ends a connection in the middle of its traffic', async () => {
    const client = open('/lab/max-lifetime/ws?after_seconds=0.3&ping_interval=0.1&ping_timeout=0.099')
    const { kind, ms } = await client.end
    assert.equal(kind, 'fin')
    assert.ok(ms >= 290 && ms < 5000)
    assert.ok(client.frames.length >= 1)
  })

  test('reset resets both sides', async () => {
    const client = open('/lab/reset/ws?after_seconds=0.1&trace=reset')
    assert.equal((await client.end).kind, 'rst')
    assert.equal((await server.event('disconnected', 'reset')).initiator, 'network')
  })

  test('reload ends all of one group in the same instant, and nobody else', async () => {
    const group = '/lab/reload/ws?after_seconds=1.5&group=one'
    const first = open(group)
    await first.status()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const second = open(group)
    const other = open('/lab/reload/ws?after_seconds=60&group=two')
    const alone = open('/lab/reload/ws?after_seconds=60')
    const untouched = open('/lab/pass-through/ws')
    const inGrace = open('/lab/reload/ws?after_seconds=0.1&grace_seconds=60&group=three')
    await Promise.all([second.status(), other.status(), alone.status(), untouched.status(), inGrace.status()])
    const [a, b] = await Promise.all([first.end, second.end])
    assert.deepEqual([a.kind, b.kind], ['fin', 'fin'])
    const ageDifference = a.ms - b.ms
    assert.ok(ageDifference > 500, 'at different ages')
    assert.ok(Math.abs(a.at - b.at) < ageDifference / 2, 'in the same instant')
    for (const client of [other, alone, untouched, inGrace]) {
      client.send(1, '{"type":"ping"}')
      assert.equal((await client.nextJson()).type, 'pong')
      client.close()
    }
  })

  test('crash kills a real process: FIN, and no event says that the connection ended', async () => {
    const client = open('/lab/crash/ws/health?after_seconds=0.1&trace=crash')
    assert.equal((await client.nextJson()).type, 'health_status')
    assert.equal((await client.end).kind, 'fin')
    assert.deepEqual(server.kinds('crash').slice(0, 2), ['attempt', 'accepted'])
    assert.ok(!server.kinds('crash').includes('disconnected'))
  })

  test('close sends the code and the reason, and both sides tell of the same code', async () => {
    const client = open('/lab/close/ws?after_seconds=0.05&code=4003&reason=try+another&trace=close')
    const frame = await client.nextFrame(8)
    assert.deepEqual(closeOf(frame), { code: 4003, reason: 'try another' })
    client.socket.write(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 4003 >> 8, 4003 & 0xff]))
    assert.equal((await client.end).kind, 'fin')
    assert.equal((await server.event('disconnected', 'close')).close_code, 4003)
  })

  test('first-message closes on who says nothing, and leaves who speaks in time', async () => {
    const query = 'within_seconds=0.2&code=4408&reason=no+init'
    const silent = open(`/lab/first-message/ws/health?${query}`)
    assert.deepEqual(closeOf(await silent.nextFrame(8)), { code: 4408, reason: 'no init' })
    const cut = open(`/lab/first-message/ws/health?${query}&end=fin`)
    assert.equal((await cut.end).kind, 'fin')
    assert.ok(cut.frames.every(({ opcode }) => opcode !== 8))
    const talking = open('/lab/first-message/ws?within_seconds=1.5')
    await talking.response
    talking.send(1, '{"type":"ping"}')
    assert.equal((await talking.nextJson()).type, 'pong')
    // By when a silent one of the same patience has been closed.
    await open('/lab/first-message/ws?within_seconds=1.6').nextFrame(8)
    talking.send(1, '{"type":"ping"}')
    assert.equal((await talking.nextJson()).type, 'pong')
    for (const client of [silent, cut, talking]) client.close()
  })

  test('close can send codes that may not travel, and an empty frame', async () => {
    const forbidden = open('/lab/close/ws?after_seconds=0.05&code=1006')
    assert.equal(closeOf(await forbidden.nextFrame(8)).code, 1006)
    const empty = open('/lab/close/ws?after_seconds=0.05&code=1005')
    assert.equal(closeOf(await empty.nextFrame(8)).code, undefined)
    for (const client of [forbidden, empty]) client.close()
  })

  test('close can be followed by a reset, or by nothing', async () => {
    const reset = open('/lab/close/ws?after_seconds=0.05&code=1011&end=rst')
    assert.equal(closeOf(await reset.nextFrame(8)).code, 1011)
    assert.equal((await reset.end).kind, 'rst')
    const silent = open('/lab/close/ws?after_seconds=0.05&end=open&trace=silent')
    await silent.nextFrame(8)
    silent.socket.write(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 4001 >> 8, 4001 & 0xff]))
    // The server has had the answer and hung up; the client is not told.
    await server.event('disconnected', 'silent')
    assert.equal(silent.socket.readableEnded, false)
    silent.close()
  })
})
