import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { placesOf } from '#lib/applications/bare-host.ts'
import type { Fallback } from '#lib/store/connection/connection.ts'
import { createScene } from './scene.ts'

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
const host = 'ws://chat.example/'
const fallbacks: Fallback[] = placesOf(new URL(host)).map(({ label, url, subprotocols }) => ({
  label,
  find: async () => ({ url, subprotocols }),
}))

/** The row of a bare host, refused so many times. */
async function refused(times: number, given: readonly Fallback[] = fallbacks) {
  const scene = createScene()
  const id = scene.live.actions.open({ url: host, fallbacks: given, autoReconnect: false })
  for (let time = 0; time < times; time++) {
    scene.lastSocket().fail()
    await settle()
  }
  return { ...scene, id }
}

describe('a host without a path', () => {
  it('is tried elsewhere once it was refused, with the subprotocols of that place', async () => {
    const { connection, id, lastSocket } = await refused(2)
    assert.equal(lastSocket().url, 'ws://chat.example/graphql')
    assert.deepEqual(lastSocket().subprotocols, ['graphql-transport-ws', 'graphql-ws'])
    lastSocket().open()
    const { target, tried, state } = connection(id)
    assert.equal(state.phase, 'open')
    assert.equal(target.label, 'chat.example/graphql')
    assert.deepEqual(tried, { first: host, refused: ['/', '/socket.io/'], isElsewhere: true })
  })

  it('stays where it opened, however often it is lost', async () => {
    const { connection, id, lastSocket, live } = await refused(1)
    lastSocket().open()
    lastSocket().end(1006)
    await settle()
    live.actions.reconnect(id)
    assert.match(lastSocket().url, /\/socket\.io\//)
    lastSocket().fail()
    await settle()
    assert.equal(connection(id).state.phase, 'never-opened')
    assert.equal(connection(id).attempt, 3)
  })

  it('is itself again where nothing opens, and told once as failed', async () => {
    const { connection, id, lastSocket, live } = await refused(4)
    const { target, tried, state } = connection(id)
    assert.equal(state.phase, 'never-opened')
    assert.equal(target.url, host)
    assert.deepEqual(tried?.refused, ['/', '/socket.io/', '/graphql', '/ws'])
    assert.equal(tried?.isElsewhere, false)
    live.actions.reconnect(id)
    assert.equal(lastSocket().url, host)
  })

  it('tells how its own attempt failed, not the last of the others', async () => {
    const { connection, id, lastSocket, world } = await refused(0)
    world.advance(40)
    lastSocket().fail()
    await settle()
    for (let time = 0; time < 3; time++) {
      world.advance(3000)
      lastSocket().fail()
      await settle()
    }
    const { state } = connection(id)
    assert.equal(state.phase, 'never-opened')
    assert.equal(state.phase === 'never-opened' && state.afterMs, 40)
    assert.deepEqual(
      [...connection(id).samples].map(({ kind }) => kind),
      ['close', 'close', 'close', 'close'],
    )
  })

  it('is left alone once a person gave it up, or went on', async () => {
    const { connection, id, lastSocket, live } = await refused(0)
    const first = lastSocket()
    live.actions.close(id)
    first.fail()
    await settle()
    assert.equal(lastSocket(), first)
    assert.equal(connection(id).tried, null)

    const slow = Promise.withResolvers<{ url: string; subprotocols: readonly string[] }>()
    const other = await refused(1, [{ label: '/slow', find: () => slow.promise }])
    other.live.actions.reconnect(other.id)
    const second = other.lastSocket()
    slow.resolve({ url: 'ws://chat.example/slow', subprotocols: [] })
    await settle()
    assert.equal(other.lastSocket(), second)
  })

  it('passes over a place that is not there, and one that cannot be looked for', async () => {
    const { lastSocket, connection, id } = await refused(1, [
      { label: '/none', find: async () => null },
      {
        label: '/broken',
        find: () => Promise.reject(new Error('unreachable')),
      },
      ...fallbacks,
    ])
    assert.match(lastSocket().url, /\/socket\.io\//)
    assert.deepEqual(connection(id).tried?.refused, ['/', '/none', '/broken'])
  })

  it('finds a place that opens once anew, when it does not open again', async () => {
    let number = 0
    const fresh: Fallback = {
      label: 'SignalR negotiation',
      isFresh: true,
      find: async () => ({ url: `ws://chat.example/?id=${++number}`, subprotocols: [] }),
    }
    const { connection, id, lastSocket, live } = await refused(1, [fresh])
    assert.equal(lastSocket().url, 'ws://chat.example/?id=1')
    lastSocket().open()
    lastSocket().end(1006)
    live.actions.reconnect(id)
    assert.equal(lastSocket().url, 'ws://chat.example/?id=1')
    lastSocket().fail()
    await settle()
    assert.equal(lastSocket().url, 'ws://chat.example/?id=2')
    lastSocket().fail()
    await settle()
    assert.equal(connection(id).state.phase, 'never-opened')
    assert.equal(number, 2)
  })

  it('begins to reconnect by itself only when nothing is left to try', async () => {
    const scene = createScene()
    const id = scene.live.actions.open({ url: host, fallbacks, autoReconnect: true })
    for (let time = 0; time < 3; time++) {
      scene.lastSocket().fail()
      await settle()
      assert.equal(scene.connection(id).reconnects.attempts.length, 0)
    }
    scene.lastSocket().fail()
    await settle()
    assert.equal(scene.connection(id).reconnects.attempts.length, 1)
  })
})
