import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { selectConnection, selectEvents, selectFacet } from '#lib/store/selectors.ts'
import { timed } from '#tests/unit/processor-time.ts'
import { createScene, healthGreeting } from './scene.ts'

describe('publishing', () => {
  it('sets the store once per frame, whatever arrived', () => {
    const { live, world, opened } = createScene()
    const { socket } = opened('/ws/echo')
    world.advance(20)
    let sets = 0
    live.store.subscribe(() => sets++)
    for (let count = 0; count < 1_000; count++) socket.receive(`message ${count}`)
    assert.equal(sets, 0)
    world.advance(20)
    assert.equal(sets, 1)
  })

  it('sets nothing while nothing happens', () => {
    const { live, world, opened } = createScene()
    opened('/ws')
    world.advance(20)
    let sets = 0
    live.store.subscribe(() => sets++)
    world.advance(10_000)
    assert.equal(sets, 0)
  })

  it('is at most a second behind while a hidden page has no frames', () => {
    const { live, world, opened } = createScene()
    live.start()
    const { id, socket } = opened('/ws/echo')
    world.signal({ type: 'visibility', hidden: true })
    world.advance(1_000)
    const before = live.store.getState().connections[id]?.log.length ?? 0
    socket.receive('hello')
    world.advance(1_000)
    assert.equal(live.store.getState().connections[id]?.log.length, before + 1)
  })

  it('shows at once what a person did', () => {
    const { live, opened } = createScene()
    const { id } = opened('/ws')
    live.actions.close(id)
    assert.equal(live.store.getState().connections[id]?.state.phase, 'closing')
  })

  it('keeps the references of everything that did not change', () => {
    const { live, world, opened, feedSocket } = createScene()
    live.start()
    const one = opened('/ws/echo')
    const two = opened('/ws/health')
    two.socket.receive(healthGreeting(2, 1))
    world.advance(20)
    const before = live.store.getState()
    one.socket.receive('news')
    world.advance(20)
    const after = live.store.getState()
    assert.notEqual(after, before)
    const isSame = (select: (state: typeof before) => unknown) => select(before) === select(after)
    assert.equal(isSame(selectConnection(two.id)), true)
    assert.equal(isSame(selectEvents), true)
    assert.equal(
      isSame((state) => state.connectionIds),
      true,
    )
    assert.equal(
      isSame((state) => state.preferences),
      true,
    )
    assert.equal(
      isSame((state) => state.server),
      true,
    )
    assert.equal(isSame(selectFacet(one.id, 'state')), true)
    assert.equal(isSame(selectFacet(one.id, 'beats')), true)
    assert.equal(isSame(selectFacet(one.id, 'samples')), true)
    assert.equal(isSame(selectFacet(one.id, 'traffic')), false)
    assert.equal(isSame(selectFacet(one.id, 'log')), false)
    assert.ok(feedSocket())
  })

  it('touches no port before it is started: a page may be rendered where there are none', () => {
    const { live, world } = createScene()
    assert.deepEqual([world.sockets.length, world.requests.length], [0, 0])
    assert.equal(live.store.getState().feed.status.phase, 'stopped')
    assert.equal(live.store.getInitialState(), live.store.getState())
  })

  it('lets go of everything when it is stopped, and starts again', () => {
    const { live, world, opened, feedSocket } = createScene()
    const stop = live.start()
    const { socket } = opened('/ws')
    stop()
    assert.deepEqual(socket.closeCalls.length, 1)
    assert.deepEqual(live.store.getState().connectionIds, [])
    const sockets = world.sockets.length
    world.advance(120_000)
    assert.equal(world.sockets.length, sockets)
    live.start()
    assert.equal(world.sockets.length, sockets + 1)
    assert.match(feedSocket().url, /diagnostics/)
  })

  it('takes 8 connections at 5 beats and a feed at 1,000 events a second within a frame’s budget', () => {
    const { live, world, opened, feedSocket } = createScene()
    live.start()
    feedSocket().open()
    feedSocket().receive({ type: 'hello', instance: 'one', oldest: null, latest: null })
    const sockets = Array.from({ length: 8 }, () => opened('/ws/health?ping_interval=0.2').socket)
    const { tookMs } = timed(() => {
      for (let batch = 0; batch < 40; batch++) {
        const events = Array.from({ length: 50 }, (_, index) => ({
          id: `${batch}-${index}`,
          at: world.now() / 1_000,
          instance: 'one',
          kind: 'traffic',
          client_id: 'c',
          endpoint: '/ws',
          messages_in: 1,
          messages_out: 1,
          bytes_in: 1,
          bytes_out: 1,
        }))
        feedSocket().receive({ type: 'events', events })
        if (batch % 4 === 0) for (const socket of sockets) socket.receive(healthGreeting(0.2, 0.1))
        world.advance(50)
      }
    })
    // Two seconds of traffic: it must cost a small share of them, on a slow and busy machine too.
    assert.ok(tookMs < 1_000)
  })
})
