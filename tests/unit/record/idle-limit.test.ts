import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readIdleLimit } from '#lib/record/idle-limit.ts'
import { createScene } from '../store/scene.ts'

/** A foreign row that is dropped after each of these silences, and comes back. */
function droppedAfter(silences: readonly number[]) {
  const scene = createScene()
  const { id } = scene.opened('ws://chat.example/ws')
  for (const ms of silences) {
    scene.world.advance(ms)
    scene.lastSocket().end(1006)
    scene.live.actions.reconnect(id)
    scene.lastSocket().open()
  }
  return { ...scene, id, read: () => readIdleLimit(scene.connection(id), scene.world.now()) }
}

describe('the idle limit', () => {
  it('is unknown at first, then at least what was survived, the present silence included', () => {
    const { read, world, lastSocket } = droppedAfter([])
    assert.match(read().says, /No silence/)
    world.advance(42_000)
    assert.match(read().says, /^No limit found so far/)
    lastSocket().receive('x')
    assert.equal(Math.round(read().survivedMs / 1000), 42)
  })

  it('is at most the shortest silence before a drop, and at least the longest survived', () => {
    const { read, world, lastSocket } = droppedAfter([75_000, 60_000])
    assert.match(read().says, /^At most 60 s, if/)
    world.advance(30_000)
    lastSocket().receive('x')
    assert.match(read().says, /^Between 30 s and 60 s/)
  })

  it('is none where a longer silence was survived', () => {
    const { read, world, lastSocket } = droppedAfter([8_000])
    world.advance(20_000)
    lastSocket().receive('x')
    assert.match(read().says, /^Not an idle limit: it dropped after 8\.0 s of silence, but survived 20 s/)
  })

  it('takes a silence as survived only once the server has answered', () => {
    const { read, world, live, id, lastSocket } = droppedAfter([])
    world.advance(50_000)
    live.actions.send(id, { opcode: 'text', text: 'are you there' })
    world.advance(100)
    lastSocket().end(1006)
    assert.equal(read().survivedMs, 0)
  })

  it('does not take a drop in the middle of traffic for idle', () => {
    const { read } = droppedAfter([100])
    assert.equal(read().droppedMs, null)
  })
})
