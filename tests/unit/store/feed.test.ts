import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { FeedEntry } from '#lib/store/feed-state.ts'
import { createScene } from './world.ts'

const hello = (latest: string | null = null, instance = 'one') => ({
  type: 'hello',
  instance,
  oldest: null,
  latest,
})

function event(id: string, more: Partial<DiagnosticEvent> = {}): DiagnosticEvent {
  const base = {
    id,
    at: 1_800_000_000,
    instance: 'one',
    kind: 'heartbeat',
    client_id: 'c-1',
    endpoint: '/ws',
  }
  return { ...base, ping_number: 1, rtt_ms: 1.5, ...more } as DiagnosticEvent
}

const ids = (entries: Iterable<FeedEntry>) =>
  Array.from(entries, (entry) => (entry.type === 'gap' ? `gap ${entry.after}..${entry.before}` : entry.key))

function following() {
  const scene = createScene()
  const stop = scene.live.start()
  const feed = () => {
    scene.world.advance(20)
    return scene.live.store.getState().feed
  }
  const greet = (latest: string | null = null, instance = 'one') => {
    const socket = scene.feedSocket()
    socket.open()
    socket.receive(hello(latest, instance))
    return socket
  }
  return { ...scene, stop, feed, greet }
}

/** Lets both tries of the WebSocket fail, so that SSE begins. */
function fallBack(scene: ReturnType<typeof following>) {
  scene.feedSocket().fail()
  scene.world.advance(1_000)
  scene.feedSocket().fail()
  const source = scene.world.eventSources.at(-1)
  assert.ok(source)
  return source
}

describe('event feed', () => {
  it('reads batches over a WebSocket and says so', () => {
    const { feed, greet, feedSocket } = following()
    assert.deepEqual([feed().status.phase, feed().transport], ['connecting', 'none'])
    greet().receive({ type: 'events', events: [event('a'), event('b')] })
    assert.match(feedSocket().url, /^ws:\/\/localhost:9000\/ws\/diagnostics\?batch=50$/)
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

describe('joining by trace', () => {
  it('gives a connection its server’s view and its server-measured round trips', () => {
    const scene = following()
    const feed = scene.greet()
    const { id } = scene.opened('/ws')
    const { trace } = scene.connection(id)
    assert.ok(trace)
    const at = scene.world.now() / 1_000
    const accepted = {
      kind: 'accepted',
      ping_interval_seconds: 2,
      ping_timeout_seconds: 1,
      trace,
      at,
    } as const
    feed.receive({ type: 'event', event: event('1', accepted) })
    feed.receive({ type: 'event', event: event('2', { trace, at, rtt_ms: 0.4 } as Partial<DiagnosticEvent>) })
    feed.receive({
      type: 'event',
      event: event('3', { trace: 'somebody-elses', at } as Partial<DiagnosticEvent>),
    })
    const { serverRtt, server, samples } = scene.connection(id)
    assert.deepEqual([serverRtt.count, serverRtt.lastMs, server.heartbeats], [1, 0.4, 1])
    assert.equal(server.accepted?.ping_interval_seconds, 2)
    assert.deepEqual([...samples].at(-1), { kind: 'server-rtt', at: at * 1_000, ms: 0.4 })
  })

  it('forgets the trace of an attempt that is over', () => {
    const scene = following()
    const feed = scene.greet()
    const { id, socket } = scene.opened('/ws')
    const { trace } = scene.connection(id)
    socket.end(1006)
    scene.live.actions.reconnect(id)
    feed.receive({ type: 'event', event: event('1', { trace: trace ?? '' } as Partial<DiagnosticEvent>) })
    assert.equal(scene.connection(id).server.heartbeats, 0)
  })

  it('fetches what happened before the feed was live, and counts nothing twice', async () => {
    const scene = following()
    const { id } = scene.opened('/ws')
    const trace = scene.connection(id).trace ?? ''
    const early = event('1', { trace } as Partial<DiagnosticEvent>)
    scene.world.answerJson(() => ({ status: 200, body: { events: [early], next: null } }))
    const socket = scene.greet('0')
    await scene.world.settle()
    socket.receive({ type: 'event', event: early })
    assert.ok(scene.world.requests.some((url) => url.includes(`trace=${trace}`)))
    assert.equal(scene.connection(id).server.heartbeats, 1)
  })
})
