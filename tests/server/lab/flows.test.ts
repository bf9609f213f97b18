import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openClient, payloadOf } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
const open = (target: string) => openClient(server.port, target, { origin: server.origin })

before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

describe('faults of a connection that stays open', { concurrency: true }, () => {
  test('latency delays both directions, which the server’s own round trips show', async () => {
    const client = open(
      '/lab/latency/ws?delay_ms=60&jitter_ms=0&ping_interval=1&ping_timeout=0.99&trace=latency',
    )
    const { rtt_ms: rttMs } = await server.event('heartbeat', 'latency')
    assert.ok(rttMs >= 115, `${rttMs} ms`)
    const sentAt = performance.now()
    client.send(1, '{"type":"ping"}')
    await client.nextJson()
    assert.ok(performance.now() - sentAt >= 115)
    client.close()
  })

  test('jitter never changes the order', async () => {
    const client = open('/lab/latency/ws?delay_ms=0&jitter_ms=40')
    await client.status()
    for (let n = 0; n < 30; n += 1) {
      client.send(1, String(n))
      await new Promise(setImmediate)
    }
    const answers = []
    for (let n = 0; n < 30; n += 1) answers.push((await client.nextJson()).data)
    assert.deepEqual(
      answers,
      Array.from({ length: 30 }, (_, n) => n),
    )
    client.close()
  })

  test('bandwidth lets so many bytes through in a second', async () => {
    const client = open('/lab/bandwidth/ws?bytes_per_second=10000')
    await client.status()
    const sentAt = performance.now()
    client.send(1, JSON.stringify('z'.repeat(2000)))
    await client.nextJson()
    const ms = performance.now() - sentAt
    assert.ok(ms >= 390 && ms < 5000, `4 kB there and back took ${ms} ms`)
    client.close()
  })

  test('delayed-delivery holds messages for the next burst, while pings pass', async () => {
    const client = open(
      '/lab/delayed-delivery/ws/health?every_seconds=1.6&ping_interval=0.5&ping_timeout=0.49',
    )
    await client.nextFrame(1)
    const pingsBefore = client.frames.filter(({ opcode }) => opcode === 9)
    assert.ok(pingsBefore.length >= 1, 'pings came first')
    const beats: { arrivedMs: number; sentMs: number }[] = []
    while (beats.length < 5) {
      const frame = await client.nextFrame(1)
      const { timestamp } = JSON.parse(payloadOf(frame).toString())
      beats.push({ arrivedMs: frame.ms, sentMs: timestamp * 1000 })
    }
    const inOneBurst = beats.filter(({ arrivedMs, sentMs }, index) => {
      const before = beats[index - 1]
      return before && arrivedMs - before.arrivedMs < (sentMs - before.sentMs) / 2
    })
    assert.ok(inOneBurst.length >= 2, JSON.stringify(beats))
    client.close()
  })

  test('delayed-delivery can hold everything, until the server gives up', async () => {
    const client = open(
      '/lab/delayed-delivery/ws?every_seconds=0.6&held=everything&ping_interval=0.2&ping_timeout=0.15&trace=burst',
    )
    await server.event('pong_timeout', 'burst')
    await client.nextFrame(9)
    // What the server sent before it hung up still arrives, then the end.
    assert.equal((await client.end).kind, 'fin')
  })

  test('drop-pongs makes the server miss a pong, while messages pass', async () => {
    const client = open('/lab/drop-pongs/ws?ping_interval=0.4&ping_timeout=0.2&trace=pongs')
    await client.status()
    client.send(1, '{"type":"ping"}')
    assert.equal((await client.nextJson()).type, 'pong')
    await client.nextFrame(9)
    assert.equal((await server.event('pong_timeout', 'pongs')).ping_number, 1)
    assert.equal((await client.end).kind, 'fin')
  })

  test('half-open keeps the client’s socket when the server has given up', async () => {
    const client = open('/lab/half-open/ws?after_seconds=0.2&ping_interval=0.3&ping_timeout=0.1&trace=half')
    await server.event('pong_timeout', 'half')
    await server.event('disconnected', 'half')
    client.send(1, '{"type":"ping"}')
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.deepEqual(
      [client.frames.length, client.socket.readableEnded, client.socket.destroyed],
      [0, false, false],
    )
    client.close()
  })

  test('stall blocks a process of its own: nothing for a while, then everything, and this server goes on', async () => {
    const client = open('/lab/stall/ws/health?after_seconds=0.1&for_seconds=1&trace=stall')
    await client.nextJson()
    await new Promise((resolve) => setTimeout(resolve, 250))
    const sentAt = performance.now()
    client.send(1, '{"type":"get_status"}')
    const beside = open('/ws')
    beside.send(1, '{"type":"ping"}')
    await beside.nextJson()
    assert.equal(client.frames.length, 1, 'this server answers meanwhile')
    assert.equal((await client.nextJson()).status, 'healthy')
    assert.ok(performance.now() - sentAt > 200)
    client.close()
    assert.equal((await server.event('disconnected', 'stall')).initiator, 'network')
    beside.close()
  })

  test('stall can hit the handshake: TCP connects, the answer waits', async () => {
    const startedAt = performance.now()
    const client = open('/lab/stall/ws?when=handshake&for_seconds=0.6')
    assert.equal(await client.status(), 101)
    assert.ok(performance.now() - startedAt >= 600)
    client.close()
  })
})

test('a slow reader slows the sender down, and loses nothing', async () => {
  const client = open('/lab/pass-through/ws/echo')
  await client.nextJson()
  client.socket.pause()
  const payload = 'p'.repeat(500_000)
  for (let n = 0; n < 20; n += 1) client.send(1, JSON.stringify(payload))
  await new Promise((resolve) => setTimeout(resolve, 200))
  client.socket.resume()
  for (let n = 0; n < 20; n += 1) {
    assert.equal(JSON.parse(payloadOf(await client.nextFrame(1)).toString()).original.length, 500_000)
  }
  client.close()
})
