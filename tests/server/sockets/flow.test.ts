/** Heartbeats over real sockets, clients that do not read, and replies that leave together. */
import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { Cork } from '#server/wire/cork.ts'
import { anyMask, encodeRawFrame } from '#server/wire/raw-frame.ts'
import { openClient, payloadOf } from '#tests/server/support/client.ts'
import { connected, handshake } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer

before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

/** Answers pings on a bare socket, since 500 whole clients would be the slower side. */
function answerPings(socket: Socket, pinged: () => void) {
  socket.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(0x89); at !== -1; at = chunk.indexOf(0x89, at + 1)) {
      const payload = chunk.subarray(at + 2, at + 2 + (chunk[at + 1] ?? 0))
      socket.write(encodeRawFrame({ opcode: 10, payload, mask: anyMask }))
      pinged()
    }
  })
}

/** When each of 500 connections was pinged, until every one has `count` pings or is cut. */
async function pingTimes(count: number, intervalMs: number): Promise<number[][]> {
  const query = `ping_interval=${intervalMs / 1000}&ping_timeout=${(intervalMs - 10) / 1000}`
  const runs = await Promise.all(
    Array.from({ length: 500 }, async () => {
      const socket = await connected(server.port)
      const times: number[] = []
      const done = new Promise((resolve) => {
        socket.on('close', resolve)
        answerPings(socket, () => {
          if (times.push(performance.now()) === count) resolve(undefined)
        })
      })
      socket.write(handshake(`/ws?${query}`))
      return { socket, times, done }
    }),
  )
  await Promise.all(runs.map(({ done }) => done))
  for (const { socket } of runs) socket.destroy()
  return runs.map(({ times }) => times)
}

test('500 connections beat on schedule, within 5 % over 10 beats', async () => {
  // Beats of 0.5 s take half of the time that beats of 1 s do, and bear half of the lateness.
  const beats = 10
  const intervalMs = 500
  const isOnSchedule = async () => {
    const periods = (await pingTimes(beats + 1, intervalMs)).map(
      (times) => ((times[beats] ?? Number.NaN) - (times[0] ?? Number.NaN)) / beats,
    )
    const mean = periods.reduce((sum, period) => sum + period, 0) / periods.length
    // A single one may have met a busy machine at its first or last beat.
    const isEach = periods.every((period) => Math.abs(period - intervalMs) <= intervalMs * 0.2)
    return { mean, is: isEach && Math.abs(mean - intervalMs) <= intervalMs * 0.05 }
  }
  // A schedule that is wrong is wrong each time; a machine that others use is late at times.
  const means: number[] = []
  for (let round = 0; round < 4; round += 1) {
    const { is, mean } = await isOnSchedule()
    if (is) return
    means.push(mean)
  }
  assert.fail(`${means.join(', ')} ms between beats`)
})

test('the round trip and its number are recorded, one event a pong', async () => {
  const client = openClient(server.port, '/ws?ping_interval=0.5&ping_timeout=0.45&trace=rtt')
  const { ping_number, rtt_ms } = await server.event('heartbeat', 'rtt')
  assert.equal(ping_number, 1)
  assert.ok(rtt_ms > 0 && rtt_ms < 450)
  client.close()
})

test('pongs that nobody asked for are no answer', async () => {
  const client = openClient(server.port, '/ws?ping_interval=0.2&ping_timeout=0.1&trace=unasked', {
    pongs: false,
  })
  await client.response
  const chatter = setInterval(() => client.send(10, 'hello'), 20)
  const { waited_ms } = await server.event('pong_timeout', 'unasked')
  clearInterval(chatter)
  assert.ok(waited_ms >= 100 && waited_ms < 5000)
  const { close_code, pings, pongs } = await server.event('disconnected', 'unasked')
  assert.deepEqual({ close_code, pings, pongs }, { close_code: 1006, pings: 1, pongs: 0 })
})

test('watching makes no news: no heartbeat and no traffic of /ws/diagnostics', async () => {
  const client = openClient(server.port, '/ws/diagnostics?ping_interval=0.2&ping_timeout=0.19&trace=watcher')
  for (const number of ['1', '2', '3']) assert.equal(payloadOf(await client.nextFrame(9)).toString(), number)
  client.send(8, '')
  await server.event('disconnected', 'watcher')
  assert.deepEqual(server.kinds('watcher'), ['attempt', 'accepted', 'disconnected'])
})

test('a client that sends and never reads is held back, then cut with an error event', async () => {
  const socket = await connected(server.port)
  socket.on('error', () => {})
  socket.write(handshake('/ws/echo?ping_interval=10&ping_timeout=0.3&trace=deaf'))
  await server.event('accepted', 'deaf')
  socket.pause()
  const frame = encodeRawFrame({ opcode: 2, payload: Buffer.alloc(256 * 1024), mask: anyMask })
  let highest = 0
  const flood = setInterval(() => {
    if (socket.writableLength < 8 * 1024 * 1024)
      for (let count = 0; count < 8; count += 1) socket.write(frame)
    for (const session of server.app.sessions) {
      if (session.trace === 'deaf') highest = Math.max(highest, session.bufferedBytes())
    }
  }, 5)
  const error = await server.event('error', 'deaf')
  clearInterval(flood)
  socket.destroy()
  assert.equal(error.code, 'client-not-reading')
  assert.ok(highest > 0 && highest < 3 * 1024 * 1024, `${highest} bytes buffered`)
  const { close_code, initiator } = await server.event('disconnected', 'deaf')
  assert.deepEqual([close_code, initiator], [1006, 'server'])
})

test('a client that reads late loses nothing', async () => {
  const client = openClient(server.port, '/ws/echo?trace=late')
  await client.nextJson()
  client.socket.pause()
  const size = 256 * 1024
  for (let count = 0; count < 16; count += 1) client.send(2, 'x'.repeat(size))
  await new Promise((resolve) => setTimeout(resolve, 50))
  client.socket.resume()
  for (let count = 0; count < 16; count += 1) {
    assert.equal(payloadOf(await client.nextFrame(2)).length, size)
  }
  client.close()
})

test('replies to messages of one read are in order, and each is whole', async () => {
  const client = openClient(server.port, '/ws/echo')
  await client.nextJson()
  const texts = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? `"ü${index}"` : String(index)))
  client.socket.write(
    Buffer.concat(
      texts.map((text) => encodeRawFrame({ opcode: 1, payload: Buffer.from(text), mask: anyMask })),
    ),
  )
  for (const text of texts) assert.deepEqual((await client.nextJson()).original, JSON.parse(text))
  client.close()
})

function corkedStream() {
  const calls: string[] = []
  return { calls, cork: () => calls.push('cork'), uncork: () => calls.push('uncork') }
}

test('the cork goes in once for a read that holds more, and out when the read is done', async () => {
  const stream = corkedStream()
  const cork = new Cork({ _receiver: { _bufferedBytes: 10 } }, stream)
  cork.beforeReply()
  cork.beforeReply()
  assert.deepEqual(stream.calls, ['cork'])
  await new Promise((resolve) => process.nextTick(resolve))
  assert.deepEqual(stream.calls, ['cork', 'uncork'])
})

for (const [name, webSocket] of [
  ['the last message of a read', { _receiver: { _bufferedBytes: 0 } }],
  ['a ws without a receiver', {}],
  ['a ws whose receiver has another shape', { _receiver: { bytes: 10 } }],
  ['a ws whose count is no number', { _receiver: { _bufferedBytes: undefined } }],
] as const) {
  test(`${name} is written by itself`, () => {
    const stream = corkedStream()
    new Cork(webSocket, stream).beforeReply()
    assert.deepEqual(stream.calls, [])
  })
}

test('the ws in use has the field that the cork reads', async () => {
  const client = openClient(server.port, '/ws?trace=cork')
  await server.event('accepted', 'cork')
  const session = [...server.app.sessions].find(({ trace }) => trace === 'cork')
  assert.ok(session)
  const receiver: unknown = Reflect.get(session.socket, '_receiver')
  assert.ok(typeof receiver === 'object' && receiver !== null && '_bufferedBytes' in receiver)
  assert.equal(receiver._bufferedBytes, 0)
  client.close()
})
