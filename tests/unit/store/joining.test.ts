import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { event, following } from './feed-scene.ts'

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

  it('joins this server behind a port that is not its own, where it is said to be', () => {
    const scene = following()
    const feed = scene.greet()
    const { id } = scene.opened('ws://127.0.0.1:40000/ws/health', { endpoint: '/ws/health' })
    const { trace, target } = scene.connection(id)
    assert.deepEqual([target.label, target.endpoint], ['127.0.0.1:40000/ws/health', '/ws/health'])
    const at = scene.world.now() / 1_000
    feed.receive({ type: 'event', event: event('1', { trace, at, rtt_ms: 0.4 } as Partial<DiagnosticEvent>) })
    assert.equal(scene.connection(id).serverRtt.count, 1)
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
