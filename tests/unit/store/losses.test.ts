import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createScene } from './scene.ts'

/** A row that reconnects by itself, lost as often as asked, each time at this age. */
function lostThrice(ages: readonly number[]) {
  const scene = createScene()
  const { id } = scene.opened('/ws', { autoReconnect: true })
  for (const age of ages) {
    scene.world.advance(age)
    scene.lastSocket().end(1006)
    scene.world.advance(30_000)
    scene.lastSocket().open()
  }
  return { ...scene, id }
}

describe('losses', () => {
  it('stay with a row that came back, each with its life and its end', () => {
    const { connection, id } = lostThrice([7_900, 7_910, 7_890])
    const { losses, state } = connection(id)
    assert.equal(state.phase, 'open')
    assert.equal(losses.count, 3)
    assert.deepEqual(
      losses.kept.map(({ attempt, state }) => [attempt, state.how, state.lastedMs]),
      [
        [1, 'dropped', 7_900],
        [2, 'dropped', 7_910],
        [3, 'dropped', 7_890],
      ],
    )
    assert.equal(new Set(losses.kept.map(({ trace }) => trace)).size, 3)
  })

  it('know when the last byte moved', () => {
    const { world, live, opened, connection } = createScene()
    const { id, socket } = opened('/ws')
    const openedAt = world.now()
    world.advance(1_000)
    live.actions.send(id, { opcode: 'text', text: 'a' })
    world.advance(2_000)
    socket.end(1006)
    assert.equal(connection(id).losses.kept[0]?.lastByteAt, openedAt + 1_000)
  })

  it('count an end that the server wanted, and none that a person did', () => {
    const byServer = createScene()
    const lost = byServer.opened('/ws')
    lost.socket.end(1000, true)
    assert.equal(byServer.connection(lost.id).losses.count, 1)

    const byPerson = createScene()
    const closed = byPerson.opened('/ws')
    byPerson.live.actions.close(closed.id)
    closed.socket.end(1000, true)
    assert.equal(byPerson.connection(closed.id).losses.count, 0)
    byPerson.live.actions.reconnect(closed.id)
    byPerson.lastSocket().open()
    byPerson.live.actions.reconnect(closed.id)
    assert.equal(byPerson.connection(closed.id).losses.count, 0)
  })

  it('count none that never opened', () => {
    const { live, lastSocket, connection } = createScene()
    const id = live.actions.open({ url: 'ws://localhost:1/ws' })
    lastSocket().fail()
    assert.equal(connection(id).losses.count, 0)
  })

  it('are counted for ever and kept as far as memory allows', () => {
    const { connection, id } = lostThrice(Array.from({ length: 60 }, () => 1_000))
    const { count, kept } = connection(id).losses
    assert.deepEqual([count, kept.length, kept[0]?.attempt], [60, 50, 11])
  })
})
