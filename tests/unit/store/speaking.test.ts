import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { speechOf } from '#lib/applications/speaker.ts'
import { createScene } from './scene.ts'

const url = 'ws://chat.example/socket.io/?EIO=4&transport=websocket'
const OPEN = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}'
const speak = async (picked: string) => speechOf({ url, subprotocols: [], picked })
/** Lets what was promised come. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('a connection that speaks its protocol', () => {
  it('hears what was said before its words were there, and answers in order', async () => {
    const { opened } = createScene()
    const { socket } = opened(url, { speak })
    socket.receive(OPEN)
    assert.deepEqual(socket.sent, [])
    await settle()
    assert.deepEqual(socket.sent, ['40'])
    socket.receive('2')
    assert.deepEqual(socket.sent, ['40', '3'])
  })

  it('keeps the beat that the protocol asks of its client, and stops with the connection', async () => {
    const { opened, world } = createScene()
    const phoenix = 'ws://chat.example/socket/websocket?vsn=2.0.0'
    const { socket } = opened(phoenix, {
      speak: async (picked: string) => speechOf({ url: phoenix, subprotocols: [], picked }),
    })
    await settle()
    assert.equal(socket.sent.length, 1)
    world.advance(30_000)
    assert.equal(socket.sent.length, 2)
    socket.end(1000)
    world.advance(120_000)
    assert.equal(socket.sent.length, 2)
  })

  it('says nothing where nobody asked it to, or once it is over', async () => {
    const { opened } = createScene()
    const quiet = opened(url)
    quiet.socket.receive(OPEN)
    const over = opened(url, { speak })
    over.socket.receive(OPEN)
    over.socket.end(1006)
    await settle()
    assert.deepEqual([quiet.socket.sent, over.socket.sent], [[], []])
  })
})
