import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { closeOf, openClient, payloadOf } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
const open = (target: string) => openClient(server.port, target, { origin: server.origin })

before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

describe('faults in the frames', { concurrency: true }, () => {
  test('masked-frame sends one masked frame, and the connection goes on', async () => {
    const client = open('/lab/masked-frame/ws?after_seconds=0.05')
    const { bytes } = await client.nextFrame(1)
    assert.equal((bytes[1] ?? 0) & 0x80, 0x80)
    client.send(1, '{"type":"ping"}')
    assert.equal((await client.nextJson()).type, 'pong')
    client.close()
  })

  test('the client’s complaint about a bad frame reaches the server', async () => {
    const client = open('/lab/masked-frame/ws?after_seconds=0.05&trace=complaint')
    await client.nextFrame(1)
    client.socket.write(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 1002 >> 8, 1002 & 0xff]))
    assert.equal((await server.event('disconnected', 'complaint')).close_code, 1002)
    client.close()
  })

  test('bad-utf8 sends a well-framed text that is not UTF-8', async () => {
    const client = open('/lab/bad-utf8/ws?after_seconds=0.05')
    const payload = payloadOf(await client.nextFrame(1))
    assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(payload))
    client.close()
  })

  test('reserved-bits sets RSV1 and nothing else', async () => {
    const client = open('/lab/reserved-bits/ws?after_seconds=0.05')
    const { bytes } = await client.nextFrame(1)
    assert.equal((bytes[0] ?? 0) & 0x70, 0x40)
    client.close()
  })

  test('truncated-frame ends TCP in the middle of a frame', async () => {
    const client = open('/lab/truncated-frame/ws?after_seconds=0.05&announced_bytes=1000')
    assert.equal((await client.end).kind, 'fin')
    assert.equal(client.frames.length, 0)
    assert.equal(client.remainder(), 4 + 500)
  })

  test('oversize makes the real server close with 1009', async () => {
    const client = open('/lab/oversize/ws?after_seconds=0.05&trace=big')
    assert.equal(closeOf(await client.nextFrame(8)).code, 1009)
    client.close()
    assert.equal((await server.event('disconnected', 'big')).close_code, 1009)
  })

  test('a frame is put in between two others, never into one', async () => {
    const client = open('/lab/close/ws/echo?after_seconds=0.02&code=4000')
    await client.nextJson()
    const text = JSON.stringify('x'.repeat(200_000))
    for (const _ of Array.from({ length: 20 })) client.send(1, text)
    const close = await client.nextFrame(8)
    assert.equal(closeOf(close).code, 4000)
    assert.equal(close, client.frames.at(-1))
    for (const frame of client.frames) if (frame.opcode === 1) JSON.parse(payloadOf(frame).toString())
    client.close()
  })

  test('serialization-mismatch makes text that is no JSON, and leaves pings alone', async () => {
    const client = open('/lab/serialization-mismatch/ws/health?ping_interval=0.2&ping_timeout=0.19')
    const text = payloadOf(await client.nextFrame(1)).toString()
    assert.match(text, /^\{'type':'health_status'/)
    assert.throws(() => JSON.parse(text))
    assert.equal(payloadOf(await client.nextFrame(9)).toString(), '1')
    client.close()
  })

  test('serialization-mismatch can wrap messages, or send them as binary', async () => {
    const wrapped = open('/lab/serialization-mismatch/ws/health?form=wrong-envelope')
    const { event, data } = await wrapped.nextJson()
    assert.equal(event, 'message')
    assert.equal((data as { type?: string }).type, 'health_status')
    const binary = open('/lab/serialization-mismatch/ws/health?form=binary')
    assert.equal(JSON.parse(payloadOf(await binary.nextFrame(2)).toString()).type, 'health_status')
    for (const client of [wrapped, binary]) client.close()
  })

  test('serialization-mismatch passes a message above a mebibyte as it is', async () => {
    const client = openClient(server.port, '/lab/serialization-mismatch/ws/echo', { origin: server.origin })
    await client.nextFrame(1)
    client.send(1, JSON.stringify('y'.repeat(1024 * 1024 - 10)))
    const reply = JSON.parse(payloadOf(await client.nextFrame(1)).toString())
    assert.equal(reply.original.length, 1024 * 1024 - 10)
    client.close()
  })
})
