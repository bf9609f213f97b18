import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { event, following, ids } from './feed-scene.ts'

describe('gaps', () => {
  it('stand where events are missing, with the reason', () => {
    const scene = following()
    const socket = scene.greet()
    socket.receive({ type: 'event', event: event('a') })
    socket.receive({ type: 'gap', after: 'a', before: 'd' })
    socket.receive({ type: 'event', event: event('d') })
    const gap = scene.feed().entries.at(1)
    assert.equal(gap?.type === 'gap' && gap.cause, 'slow-reader')
  })

  it('come from a restarted server too, whose ring is gone', () => {
    const scene = following()
    const socket = scene.greet()
    socket.receive({ type: 'event', event: event('a') })
    socket.end(1006)
    scene.world.advance(1_000)
    const next = scene.greet(null, 'two')
    next.receive({ type: 'gap', after: 'a', before: 'x' })
    next.receive({ type: 'event', event: event('x') })
    const gap = scene.feed().entries.at(1)
    assert.equal(gap?.type === 'gap' && gap.cause, 'other-instance')
  })

  it('are filled in their place, page by page', async () => {
    const scene = following()
    const socket = scene.greet()
    socket.receive({ type: 'event', event: event('a') })
    socket.receive({ type: 'gap', after: 'a', before: 'd' })
    socket.receive({ type: 'event', event: event('d') })
    const gap = scene.feed().entries.at(1)
    assert.ok(gap)
    scene.world.answerJson((url) => {
      const isFirst = url.includes('after=a')
      return { status: 200, body: { events: [event(isFirst ? 'b' : 'c')], next: isFirst ? 'b' : null } }
    })
    await scene.live.actions.fillGap(gap.key)
    assert.deepEqual(ids(scene.feed().entries), ['a', 'b', 'c', 'd'])
  })

  it('say why they could not be filled', async () => {
    const scene = following()
    const socket = scene.greet()
    socket.receive({ type: 'gap', after: 'a', before: 'd' })
    const failed = async (status: number, body: unknown) => {
      const gap = scene.feed().entries.at(0)
      scene.world.answerJson(() => ({ status, body }))
      await scene.live.actions.fillGap(gap?.key ?? '')
      const after = scene.feed().entries.at(0)
      return after?.type === 'gap' && after.filling.status === 'failed' ? after.filling.says : null
    }
    assert.equal(await failed(200, { events: [], next: null }), 'The server no longer has these events.')
    assert.equal(await failed(500, undefined), 'The server answered 500.')
  })

  it('replace a cursor that the server does not understand', async () => {
    const scene = following()
    const socket = scene.greet()
    socket.receive({ type: 'event', event: event('odd') })
    scene.world.answerJson(() => ({ status: 400, body: {} }))
    socket.end(1006)
    await scene.world.settle()
    scene.world.advance(1_000)
    assert.doesNotMatch(scene.feedSocket().url, /after/)
    scene.greet('new')
    assert.deepEqual(ids(scene.feed().entries), ['odd', 'gap odd..new'])
  })
})
