import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { event, fallBack, following, hello, ids } from './feed-scene.ts'

describe('event feed', () => {
  it('reads batches over a WebSocket and says so', () => {
    const { feed, greet, feedSocket } = following()
    assert.deepEqual([feed().status.phase, feed().transport], ['connecting', 'none'])
    greet().receive({ type: 'events', events: [event('a'), event('b')] })
    assert.match(feedSocket().url, /^ws:\/\/localhost:9000\/ws\/diagnostics\?last=200&batch=50$/)
    assert.deepEqual([feed().transport, ids(feed().entries), feed().received], ['WebSocket', ['a', 'b'], 2])
  })

  it('resumes behind the last event and drops what comes twice', () => {
    const { world, feed, greet, feedSocket } = following()
    const first = greet()
    first.receive({ type: 'event', event: event('a') })
    first.receive({ type: 'event', event: event('b') })
    first.end(1006)
    world.advance(1_000)
    assert.match(feedSocket().url, /\?after=b&batch=50$/)
    greet().receive({ type: 'events', events: [event('b'), event('c')] })
    assert.deepEqual(ids(feed().entries), ['a', 'b', 'c'])
  })

  it('shows what waits for the journal, and does not resume behind it', () => {
    const { world, feed, greet, feedSocket } = following()
    const first = greet()
    first.receive({ type: 'events', events: [event('a')] })
    first.receive({ type: 'events', events: [event('b')], waiting: true })
    first.receive({ type: 'event', event: event('c'), waiting: true })
    assert.deepEqual(ids(feed().entries), ['a', 'b', 'c'])
    first.end(1006)
    world.advance(1_000)
    assert.match(feedSocket().url, /\?after=a&batch=50$/)
    greet().receive({ type: 'events', events: [event('d'), event('b'), event('c')] })
    assert.deepEqual(ids(feed().entries), ['a', 'b', 'c', 'd'])
  })

  it('resumes behind the greeting when no event had come yet', () => {
    const { world, greet, feedSocket } = following()
    greet('x').end(1006)
    world.advance(1_000)
    assert.match(feedSocket().url, /after=x/)
  })

  it('falls back to server-sent events after two failed WebSockets', () => {
    const scene = following()
    const source = fallBack(scene)
    assert.match(source.url, /^http:\/\/localhost:9000\/api\/events\/stream/)
    source.emit('hello', hello())
    source.emit('message', event('a'))
    assert.deepEqual([scene.feed().transport, ids(scene.feed().entries)], ['SSE', ['a']])
  })

  it('falls back too where a WebSocket opens and stays mute', () => {
    const scene = following()
    scene.feedSocket().open()
    scene.world.advance(5_000)
    scene.world.advance(1_000)
    scene.feedSocket().open()
    scene.world.advance(5_000)
    assert.equal(scene.world.eventSources.length, 1)
  })

  it('returns to the WebSocket once one works, without losing or doubling an event', () => {
    const scene = following()
    const source = fallBack(scene)
    source.emit('hello', hello())
    source.emit('message', event('a'))
    scene.world.advance(30_000)
    assert.equal(scene.feed().transport, 'SSE')
    source.emit('message', event('b'))
    scene.greet()
    assert.equal(source.isClosed, true)
    scene.feedSocket().receive({ type: 'events', events: [event('b'), event('c')] })
    assert.deepEqual([scene.feed().transport, ids(scene.feed().entries)], ['WebSocket', ['a', 'b', 'c']])
  })

  it('stays with server-sent events while WebSockets go on failing', () => {
    const scene = following()
    const source = fallBack(scene)
    source.emit('hello', hello())
    for (let tries = 0; tries < 3; tries++) {
      scene.world.advance(300_000)
      scene.feedSocket().fail()
    }
    assert.deepEqual([scene.feed().transport, source.isClosed], ['SSE', false])
  })

  it('waits ever longer while neither way works, and tells when it tries again', () => {
    const scene = following()
    fallBack(scene).fail()
    const { status, transport } = scene.feed()
    assert.equal(transport, 'none')
    assert.equal(status.phase === 'waiting' && status.nextAttemptAt >= scene.world.now() - 20, true)
    const before = scene.world.sockets.length
    scene.world.advance(30_000)
    assert.ok(scene.world.sockets.length > before)
  })

  it('tries at once when the network is back', () => {
    const scene = following()
    fallBack(scene).fail()
    const before = scene.world.sockets.length
    scene.world.signal({ type: 'online', online: true })
    assert.equal(scene.world.sockets.length, before + 1)
  })

  it('stops for good', () => {
    const scene = following()
    const socket = scene.greet()
    scene.stop()
    assert.deepEqual(socket.closeCalls.length, 1)
    const before = scene.world.sockets.length
    scene.world.advance(300_000)
    assert.deepEqual([scene.world.sockets.length, scene.feed().status.phase], [before, 'stopped'])
  })

  it('counts events per second and comes back to zero', () => {
    const scene = following()
    const socket = scene.greet()
    for (let count = 0; count < 40; count++) socket.receive({ type: 'event', event: event(`e${count}`) })
    scene.world.advance(1_000)
    assert.equal(scene.feed().ratePerSecond, 40)
    scene.world.advance(2_000)
    assert.equal(scene.feed().ratePerSecond, 0)
  })

  it('keeps the last 20,000 and says how many it dropped', () => {
    const scene = following()
    const socket = scene.greet()
    for (let batch = 0; batch < 21; batch++) {
      const events = Array.from({ length: 1_000 }, (_, index) => event(`e${batch * 1_000 + index}`))
      socket.receive({ type: 'events', events })
    }
    const { entries, received } = scene.feed()
    assert.deepEqual([entries.length, entries.dropped, received], [20_000, 1_000, 21_000])
  })
})
