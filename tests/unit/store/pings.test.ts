import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createScene, healthGreeting } from './scene.ts'

const status = {
  type: 'health_status',
  status: 'healthy',
  connection_age_seconds: 1,
  ping_count: 0,
  pong_count: 0,
  timestamp: 1,
  client_id: 'c',
}
const every2s = { mode: 'every', intervalMs: 2_000 } as const

describe('page pings', () => {
  it('draw a round trip at once when a heartbeat is watched', () => {
    const { live, world, lastSocket, connection } = createScene()
    const id = live.actions.watchHeartbeat()
    const socket = lastSocket()
    assert.match(socket.url, /^ws:\/\/localhost:9000\/ws\/health\?ping_interval=2&trace=/)
    socket.open()
    socket.receive(healthGreeting(2, 1))
    assert.deepEqual(socket.sent, ['{"type":"get_status"}'])
    world.advance(4)
    socket.receive(status)
    const { pageRtt, samples } = connection(id)
    assert.equal(pageRtt.lastMs, 4)
    assert.deepEqual([...samples].at(-1), {
      kind: 'page-rtt',
      at: world.now() - 20,
      ms: 4,
      isWarmUp: true,
    })
  })

  it('are off unless somebody asks, since they reset idle timers', () => {
    const { world, opened } = createScene()
    const { socket } = opened('/ws/health')
    world.advance(60_000)
    assert.deepEqual(socket.sent, [])
  })

  it('speak each endpoint’s language', () => {
    const { opened } = createScene()
    const sent = (path: string) => opened(path, { pagePings: { mode: 'once' } }).socket.sent
    assert.deepEqual(sent('/ws'), ['{"type":"ping"}'])
    assert.deepEqual(sent('/ws/health'), ['{"type":"get_status"}'])
    assert.deepEqual(sent('/lab/latency/ws/echo?ms=5'), ['{"type":"page_ping"}'])
  })

  it('need a message on foreign servers, where any next message is the answer', () => {
    const { live, world, opened, connection } = createScene()
    const { id, socket } = opened('ws://127.0.0.1:8080/')
    assert.equal(live.actions.setPagePings(id, every2s)?.code, 'needs-message')
    assert.equal(live.actions.setPagePings(id, { ...every2s, message: 'hi' }), null)
    world.advance(7)
    socket.receive('whatever')
    assert.deepEqual(socket.sent, ['hi'])
    assert.equal(connection(id).pageRtt.lastMs, 7)
    assert.deepEqual(connection(id).beats.source, 'page-pings')
  })

  it('keep their pace without catching up after throttling', () => {
    const { world, opened } = createScene()
    const { socket } = opened('/ws', { pagePings: every2s })
    world.throttle(60_000)
    world.advance(180_000)
    const throttled = socket.sent.length
    assert.ok(throttled <= 4, `${throttled} pings`)
    world.throttle(1)
    world.advance(10_000)
    assert.equal(socket.sent.length - throttled, 5)
  })

  it('make a connection suspect after two in a row without an answer, and stop that when it answers', () => {
    const { world, opened, connection } = createScene()
    const { id, socket } = opened('/ws', { pagePings: every2s })
    world.advance(2_500)
    assert.equal(connection(id).state.phase, 'open')
    world.advance(2_000)
    const { state, pings } = connection(id)
    assert.equal(state.phase, 'suspect')
    assert.equal(pings.unansweredInRow, 2)
    socket.receive({ type: 'pong', timestamp: 1, client_id: 'c' })
    assert.equal(connection(id).state.phase, 'open')
  })

  it('do not suspect a peer that sends other things', () => {
    const { world, opened, connection } = createScene()
    const { id, socket } = opened('/ws', { pagePings: every2s })
    for (let second = 0; second < 10; second++) {
      world.advance(1_000)
      socket.receive('{"type":"news"}')
    }
    assert.equal(connection(id).state.phase, 'open')
    assert.ok(connection(id).pings.unanswered > 0)
  })

  it('do not suspect a peer while the machine sleeps', () => {
    const { world, opened, connection } = createScene()
    const { id } = opened('/ws', { pagePings: every2s })
    world.sleep(300_000)
    world.advance(200)
    assert.equal(connection(id).state.phase, 'open')
  })
})

describe('round trips', () => {
  it('come from any message with a known answer, matched in order', () => {
    const { live, world, opened, connection } = createScene()
    const { id, socket } = opened('/ws/echo')
    live.actions.send(id, { opcode: 'text', text: '{"type":"pong"}' })
    live.actions.send(id, { opcode: 'text', text: 'a' })
    world.advance(5)
    live.actions.send(id, { opcode: 'binary', bytes: new Uint8Array([1]) })
    world.advance(5)
    socket.receive({ type: 'echo_raw', data: 'a', server_timestamp: 1, client_id: 'c' })
    socket.receive(new Uint8Array([1]).buffer)
    const trips = [...connection(id).samples].flatMap((sample) =>
      sample.kind === 'page-rtt' ? [sample.ms] : [],
    )
    assert.deepEqual(trips, [10, 5])
  })

  it('are not read from messages that answer nothing', () => {
    const { opened, connection } = createScene()
    const { id, socket } = opened('/ws/health')
    socket.receive(healthGreeting(30, 10))
    socket.receive(status)
    assert.deepEqual([connection(id).pageRtt.count, connection(id).pageRtt.lastMs], [0, null])
  })

  it('begin with a warm-up where the page pings, once a row, that is in no figure but its own and the last', () => {
    const { live, world, opened, lastSocket, connection } = createScene()
    const { id, socket } = opened('/ws', { pagePings: every2s })
    const pong = { type: 'pong', timestamp: 1, client_id: 'c' }
    world.advance(340)
    socket.receive(pong)
    const { count, lastMs, p95Ms, maxMs, warmUpMs } = connection(id).pageRtt
    assert.deepEqual([count, lastMs, p95Ms, maxMs, warmUpMs], [0, 340, null, null, 340])
    live.actions.send(id, { opcode: 'text', text: '{"type":"ping"}' })
    world.advance(5)
    socket.receive(pong)
    assert.deepEqual([connection(id).pageRtt.p95Ms, connection(id).pageRtt.count], [5, 1])
    live.actions.reconnect(id)
    lastSocket().open()
    world.advance(7)
    lastSocket().receive(pong)
    assert.deepEqual([connection(id).pageRtt.p95Ms, connection(id).pageRtt.warmUpMs], [7, null])
  })
})
