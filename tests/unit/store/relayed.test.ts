import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FakeSocket } from './fake-socket.ts'
import { createScene } from './scene.ts'

function relayedRow() {
  const scene = createScene()
  let socket = new FakeSocket('', [])
  const id = scene.live.actions.open({
    url: 'wss://private.example/ws',
    through: (url, subprotocols) => {
      socket = new FakeSocket(url, subprotocols)
      return socket
    },
  })
  return { ...scene, id, socket: () => socket }
}
const handshake = { address: '203.0.113.7:443', status: 101, headers: [['Server', 'nginx']] } as const

describe('a connection that a relay opens', () => {
  it('goes through the relay with every attempt, and is nobody’s own', () => {
    const { connection, id, socket, live } = relayedRow()
    const first = socket()
    assert.equal(first.url, 'wss://private.example/ws')
    live.actions.reconnect(id)
    assert.notEqual(socket(), first)
    const { target, trace } = connection(id)
    assert.deepEqual([target.isThrough, target.isOwn, trace], [true, false, null])
  })

  it('shows what the relay saw: the handshake, pings and their pace, and forgets it with the next attempt', () => {
    const { connection, id, socket, world, live } = relayedRow()
    const notice = socket().onnotice
    notice?.({ type: 'handshake', ...handshake })
    socket().open()
    world.advance(10_000)
    notice?.({ type: 'ping' })
    world.advance(25_000)
    notice?.({ type: 'ping' })
    const { relayed, traffic, survivedMs } = connection(id)
    assert.equal(relayed?.handshake?.address, '203.0.113.7:443')
    assert.deepEqual([relayed?.pings, relayed?.pingEveryMs], [2, 25_000])
    assert.equal(traffic.lastByteAt, relayed?.lastPingAt)
    assert.equal(survivedMs, 25_000)
    live.actions.reconnect(id)
    assert.equal(connection(id).relayed, null)
  })

  it('says what came in place of a handshake, and how TCP ended', () => {
    const { connection, id, socket, live } = relayedRow()
    socket().onclose?.({
      code: 1006,
      reason: '',
      wasClean: false,
      says: 'The server answered 403 Forbidden.',
    })
    const never = connection(id).state
    assert.ok(never.phase === 'never-opened')
    assert.equal(never.says, 'The server answered 403 Forbidden.')
    live.actions.reconnect(id)
    socket().open()
    socket().onclose?.({ code: 1006, reason: '', wasClean: false, says: 'TCP was reset (RST)' })
    const closed = connection(id).state
    assert.ok(closed.phase === 'closed')
    assert.deepEqual([closed.how, closed.says], ['dropped', 'TCP was reset (RST)'])
    assert.equal(connection(id).losses.count, 1)
  })

  it('measures round trips by ping frames, and takes no message for a pong', () => {
    const { connection, id, socket, world, live } = relayedRow()
    const pinged = { count: 0 }
    socket().ping = () => {
      pinged.count++
    }
    socket().open()
    assert.equal(live.actions.setPagePings(id, { mode: 'every', intervalMs: 2_000 }), null)
    world.advance(10)
    assert.equal(pinged.count, 1)
    socket().receive('news')
    assert.equal(connection(id).pageRtt.count, 0)
    socket().onnotice?.({ type: 'pong', roundTripMs: 7.5 })
    socket().onnotice?.({ type: 'pong', roundTripMs: null })
    const { pageRtt, pings } = connection(id)
    assert.deepEqual([pageRtt.count, pageRtt.lastMs, pings.sent, pings.answered], [1, 7.5, 1, 1])
    world.advance(8_000)
    assert.equal(connection(id).state.phase, 'suspect')
    socket().onnotice?.({ type: 'ping' })
    assert.equal(connection(id).state.phase, 'open')
  })

  it('counts no loss where the relay itself was lost', () => {
    const { connection, id, socket } = relayedRow()
    socket().open()
    socket().onclose?.({ code: 1006, reason: '', wasClean: false, how: 'relay-lost' })
    const { state, losses } = connection(id)
    assert.ok(state.phase === 'closed')
    assert.equal(state.how, 'relay-lost')
    assert.equal(losses.count, 0)
  })

  it('is not offered at the next visit, which has not what it was opened with', () => {
    const { world, live } = relayedRow()
    live.actions.open({ url: 'wss://public.example/ws' })
    world.advance(1000)
    const kept = JSON.parse(world.ports.storage.getItem('why1006.live') ?? '{}')
    assert.deepEqual(
      kept.connections.map(({ url }: { url: string }) => url),
      ['wss://public.example/ws'],
    )
  })
})
