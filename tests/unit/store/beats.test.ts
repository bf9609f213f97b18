import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FakeSocket } from './fake-socket.ts'
import { createScene, healthGreeting, heartbeatMessage } from './scene.ts'
import type { World } from './world.ts'

function beating() {
  const scene = createScene()
  scene.live.start()
  const { id, socket } = scene.opened('/ws/health?ping_interval=2&ping_timeout=1')
  socket.receive(healthGreeting(2, 1))
  return { ...scene, id, socket }
}

/** Beats on time, each written when it arrives. */
function beat(world: World, socket: FakeSocket, times: number, everyMs = 2_000) {
  for (let count = 0; count < times; count++) {
    world.advance(everyMs)
    socket.receive(heartbeatMessage(world.now()))
  }
}

describe('beats of the server', () => {
  it('are all on time on an even line', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 10)
    const { received, late, missed, unjudged, source, intervalMs, timeoutMs } = connection(id).beats
    assert.deepEqual([source, intervalMs, timeoutMs], ['server', 2_000, 1_000])
    assert.deepEqual([received, late, missed, unjudged], [10, 0, 0, 0])
  })

  it('are late from over 10 % of the interval on, and not before', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 1)
    beat(world, socket, 1, 2_200)
    assert.equal(connection(id).beats.late, 0)
    beat(world, socket, 1, 2_181)
    assert.equal(connection(id).beats.late, 1)
    assert.equal(connection(id).beats.worstBehindMs, 201)
  })

  it('are missed after interval and timeout of silence, once per interval', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 2)
    world.advance(2_900)
    assert.equal(connection(id).beats.missed, 0)
    world.advance(300)
    assert.equal(connection(id).beats.missed, 1)
    world.advance(4_000)
    assert.equal(connection(id).beats.missed, 3)
  })

  it('that were counted as missed are not late as well', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 2)
    beat(world, socket, 1, 5_000)
    const { missed, late, received } = connection(id).beats
    assert.deepEqual([received, missed, late], [3, 2, 0])
  })

  it('mark the time at which the missed one was due', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 1)
    const lastAt = world.now()
    world.advance(3_500)
    const missed = [...connection(id).samples].filter(({ kind }) => kind === 'missed')
    assert.deepEqual(missed, [{ kind: 'missed', at: lastAt + 2_000 }])
  })

  it('are not judged after the end', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 1)
    socket.end(1001)
    world.advance(60_000)
    assert.equal(connection(id).beats.missed, 0)
  })
})

describe('a page that could not look', () => {
  it('finds nothing missed under once-a-minute throttling while beats arrive', () => {
    const { world, socket, connection, id } = beating()
    world.signal({ type: 'visibility', hidden: true })
    world.throttle(60_000)
    beat(world, socket, 90)
    world.throttle(1)
    world.signal({ type: 'visibility', hidden: false })
    const { received, late, missed, unjudged } = connection(id).beats
    assert.deepEqual([received, late, missed, unjudged], [90, 0, 0, 0])
  })

  it('finds nothing missed in beats that waited while the machine slept', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 2)
    const sleptAt = world.now()
    world.sleep(30_000)
    for (let nth = 1; nth <= 15; nth++) socket.receive(heartbeatMessage(sleptAt + nth * 2_000))
    beat(world, socket, 2)
    const { received, late, missed } = connection(id).beats
    assert.deepEqual([received, late, missed], [19, 0, 0])
  })

  it('finds nothing missed when its timers wake before its messages', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 2)
    const sleptAt = world.now()
    world.sleep(30_000)
    world.advance(5)
    for (let nth = 1; nth <= 15; nth++) socket.receive(heartbeatMessage(sleptAt + nth * 2_000))
    assert.equal(connection(id).beats.missed, 0)
  })

  it('still counts what the server itself left out, by the times it wrote', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 2)
    world.signal({ type: 'visibility', hidden: true })
    world.throttle(60_000)
    beat(world, socket, 1, 20_000)
    world.throttle(1)
    world.signal({ type: 'visibility', hidden: false })
    assert.equal(connection(id).beats.missed, 9)
  })

  it('counts again once it looks again and the silence goes on', () => {
    const { world, socket, connection, id } = beating()
    beat(world, socket, 2)
    world.sleep(60_000)
    world.advance(2_500)
    assert.equal(connection(id).beats.missed, 0)
    world.advance(1_000)
    assert.equal(connection(id).beats.missed, 1)
  })

  it('marks the time in which it was blind', () => {
    const { world, connection, id } = beating()
    world.sleep(30_000)
    world.advance(200)
    const blind = [...connection(id).samples].find(({ kind }) => kind === 'blind')
    assert.equal(blind?.kind === 'blind' && blind.untilAt - blind.at >= 30_000, true)
  })

  it('marks when it was hidden', () => {
    const { world, connection, id } = beating()
    world.signal({ type: 'visibility', hidden: true })
    world.signal({ type: 'visibility', hidden: false })
    const kinds = [...connection(id).samples].map(({ kind }) => kind)
    assert.deepEqual(kinds.slice(-2), ['hidden', 'visible'])
  })

  it('measures no round trip across a sleep', () => {
    const { live, world, socket, connection, id } = beating()
    live.actions.send(id, { opcode: 'text', text: '{"type":"get_status"}' })
    world.sleep(60_000)
    socket.receive({
      type: 'health_status',
      status: 'healthy',
      connection_age_seconds: 1,
      ping_count: 0,
      pong_count: 0,
      timestamp: 1,
      client_id: 'c',
    })
    assert.deepEqual([connection(id).pageRtt.count, connection(id).pageRtt.lastMs], [0, null])
  })
})
