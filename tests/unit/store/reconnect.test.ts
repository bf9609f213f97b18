import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { backOffPolicy, boundMs, delayMs } from '#lib/store/kit/back-off.ts'
import { createScene } from './scene.ts'

describe('back-off', () => {
  it('doubles its bound up to the cap and draws evenly below it', () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((attempt) => boundMs(attempt)),
      [500, 1_000, 2_000, 4_000],
    )
    assert.equal(boundMs(1_000_000), backOffPolicy.capMs)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const delay = delayMs(attempt, random)
          assert.ok(delay >= 0 && delay <= boundMs(attempt))
        },
      ),
    )
  })

  it('has full jitter: the delay may be anything from 0 on', () => {
    assert.equal(delayMs(5, 0), 0)
    assert.equal(delayMs(5, 0.5), 4_000)
  })
})

const losing = () => {
  const scene = createScene()
  scene.world.setRandom(0.5)
  scene.live.start()
  const { id, socket } = scene.opened('/ws', { autoReconnect: true })
  return { ...scene, id, socket }
}

describe('auto-reconnect', () => {
  it('plans the next attempt when a connection is lost, as state that can be drawn', () => {
    const { socket, connection, id, world } = losing()
    socket.end(1006)
    const lostAt = world.now()
    const { reconnects } = connection(id)
    assert.deepEqual(reconnects.attempts, [
      { attempt: 1, lostAt, boundMs: 500, delayMs: 250, plannedAt: lostAt + 250, outcome: 'waiting' },
    ])
  })

  it('goes on with longer waits while attempts fail, then tells that one opened', () => {
    const { world, lastSocket, socket, connection, id } = losing()
    socket.end(1006)
    world.advance(250)
    lastSocket().fail()
    world.advance(500)
    lastSocket().fail()
    world.advance(1_000)
    assert.equal(world.sockets.filter(({ url }) => url.includes('trace')).length, 4)
    lastSocket().open()
    const { reconnects, attempt } = connection(id)
    assert.equal(attempt, 4)
    assert.deepEqual(
      reconnects.attempts.map(({ delayMs, outcome }) => [delayMs, outcome]),
      [
        [250, 'failed'],
        [500, 'failed'],
        [1_000, 'opened'],
      ],
    )
  })

  it('goes on with the series when a server accepts and drops, and begins anew after a stable time', () => {
    const { world, lastSocket, socket, connection, id } = losing()
    socket.end(1006)
    world.advance(250)
    lastSocket().open()
    lastSocket().end(1006)
    assert.equal(connection(id).reconnects.attempts.at(-1)?.attempt, 2)
    world.advance(500)
    lastSocket().open()
    world.advance(backOffPolicy.stableAfterMs)
    lastSocket().end(1006)
    assert.deepEqual(
      connection(id).reconnects.attempts.map(({ attempt }) => attempt),
      [1],
    )
  })

  it('rests after a close that somebody wanted', () => {
    const { live, world, socket, connection, id } = losing()
    live.actions.close(id)
    socket.end(1000, true)
    world.advance(60_000)
    assert.deepEqual([connection(id).attempt, connection(id).reconnects.resting], [1, 'closed-by-person'])
    const other = losing()
    other.socket.end(1000, true)
    assert.equal(other.connection(other.id).reconnects.resting, 'closed-normally')
  })

  it('rests when somebody closes a connection that waits for its next attempt', () => {
    const { live, world, socket, connection, id } = losing()
    socket.end(1006)
    live.actions.close(id)
    world.advance(60_000)
    assert.deepEqual([connection(id).attempt, connection(id).reconnects.resting], [1, 'closed-by-person'])
  })

  it('rests where the browser refuses, since it would again', () => {
    const { live, world, connection } = createScene()
    world.refuseWith(Object.assign(new Error('no'), { name: 'SyntaxError' }))
    const id = live.actions.open({ url: 'ws://x/', autoReconnect: true })
    world.advance(60_000)
    assert.deepEqual([connection(id).attempt, connection(id).reconnects.resting], [1, 'refused'])
  })

  it('waits for the network and is back as soon as it is', () => {
    const { world, socket, connection, id } = losing()
    world.signal({ type: 'online', online: false })
    socket.end(1006)
    world.advance(60_000)
    assert.deepEqual([connection(id).attempt, connection(id).reconnects.resting], [1, 'offline'])
    world.signal({ type: 'online', online: true })
    world.advance(250)
    assert.equal(connection(id).attempt, 2)
  })

  it('starts when it is switched on for a connection that is lost already, and stops when switched off', () => {
    const { live, world, opened, connection } = createScene()
    world.setRandom(0.5)
    const { id, socket } = opened('/ws')
    socket.end(1006)
    world.advance(5_000)
    assert.equal(connection(id).attempt, 1)
    live.actions.setAutoReconnect(id, true)
    assert.equal(connection(id).reconnects.attempts.length, 1)
    live.actions.setAutoReconnect(id, false)
    world.advance(60_000)
    assert.deepEqual([connection(id).attempt, connection(id).reconnects.attempts], [1, []])
  })

  it('reconnects nothing that was removed', () => {
    const { live, world, socket, id } = losing()
    socket.end(1006)
    live.actions.remove(id)
    const before = world.sockets.length
    world.advance(60_000)
    assert.equal(world.sockets.slice(before).filter(({ url }) => url.includes('trace')).length, 0)
  })
})
