import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createScene } from '../store/scene.ts'
import { judged, observed } from './criteria-scene.ts'

describe('round trip under 100 ms', () => {
  const id = 'round-trip-under-100-ms'
  const after = (ms: number) => {
    const scene = createScene()
    const { id: row, socket } = scene.opened('/ws', { pagePings: { mode: 'once' } })
    scene.world.advance(ms)
    socket.receive({ type: 'pong', timestamp: 1, client_id: 'c' })
    return judged(scene, row, id)
  }

  it('is met by p95 below the limit and not at it', () => {
    assert.equal(after(99), 'met: p95 99.0 ms of 1, by the page')
    assert.equal(after(100), 'unmet: p95 100 ms of 1, by the page')
  })

  it('takes the server’s figure where the page has none', () => {
    const scene = observed()
    const { id: row } = scene.opened('/ws')
    assert.equal(judged(scene, row, id), 'pending: none measured yet')
    scene.say(row, { kind: 'heartbeat', ping_number: 1, rtt_ms: 0.42 })
    assert.equal(judged(scene, row, id), 'met: p95 0.42 ms of 1, by the server')
  })

  it('says of a foreign server what would measure it', () => {
    const scene = createScene()
    const { id: row } = scene.opened('ws://127.0.0.1:8080/')
    assert.equal(judged(scene, row, id), 'unknown: judged from outside: turn on page pings to measure it')
  })
})

describe('closes with 1000', () => {
  const id = 'closes-with-1000'

  it('is met by 1000 from either side and by no other code', () => {
    const scene = createScene()
    const own = scene.opened('/ws')
    assert.equal(judged(scene, own.id, id), 'pending: still open')
    scene.live.actions.close(own.id)
    assert.equal(judged(scene, own.id, id), 'pending: 1000 sent, not answered yet')
    own.socket.end(1000)
    assert.match(judged(scene, own.id, id), /^met: 1000 Normal Closure, by this page/)
    const away = scene.opened('/ws')
    away.socket.end(1001)
    assert.match(judged(scene, away.id, id), /^unmet: 1001 Going Away, by the server/)
    const dropped = scene.opened('/ws')
    scene.world.advance(6_020)
    dropped.socket.end(1006)
    assert.equal(judged(scene, dropped.id, id), 'unmet: 1006 after 6.02 s, without a Close frame')
  })
})

describe('right headers', () => {
  const id = 'right-headers'

  it('is met by Upgrade, Connection and an allowed Origin', () => {
    const scene = observed()
    const { id: row } = scene.opened('/ws')
    assert.equal(judged(scene, row, id), 'pending: the server’s event has not arrived yet')
    scene.say(row, {})
    assert.equal(
      judged(scene, row, id),
      'met: Origin http://localhost:9000, Upgrade websocket, no proxy headers seen',
    )
  })

  it('is not met where a proxy dropped them, and names the ones that are wrong', () => {
    const scene = observed()
    const { id: row } = scene.opened('/ws')
    scene.say(row, { upgrade: undefined, connection: 'close' })
    assert.equal(judged(scene, row, id), 'unmet: Upgrade none, Connection close')
  })

  it('is not met by an origin that the server turned away', () => {
    const scene = observed()
    const row = scene.live.actions.open({ url: 'ws://localhost:9000/ws' })
    scene.say(row, { origin: 'https://evil.example' })
    scene.say(row, { kind: 'rejected', cause: 'origin', reason: 'not allowed', status: 403 })
    scene.lastSocket().fail()
    assert.equal(judged(scene, row, id), 'unmet: Origin https://evil.example, not allowed')
  })

  it('wants X-Forwarded-Proto where TLS ends in front of the server', () => {
    const scene = observed()
    const { id: row } = scene.opened('wss://localhost:9000/ws')
    scene.say(row, {})
    assert.equal(judged(scene, row, id), 'unmet: X-Forwarded-Proto none')
    scene.say(row, { scheme: 'wss', forwarded_proto: 'https' })
    assert.match(judged(scene, row, id), /^met: .*X-Forwarded-Proto https$/)
  })

  it('names what a proxy says of the client, without TLS too', () => {
    const scene = observed()
    const { id: row } = scene.opened('/ws')
    scene.say(row, { forwarded_for: '192.0.2.7' })
    assert.match(judged(scene, row, id), /Upgrade websocket, X-Forwarded-For 192\.0\.2\.7$/)
  })

  it('knows that no handshake arrived, but only while it reads the server’s events', () => {
    const scene = createScene()
    const row = scene.live.actions.open({ url: 'ws://localhost:9000/ws' })
    scene.lastSocket().fail()
    assert.equal(judged(scene, row, id), 'unmet: no handshake arrived at the server')
    assert.match(judged(scene, row, id, { isFeedLive: false }), /^unknown/)
  })

  it('judges a foreign server from outside, and says so', () => {
    const scene = createScene()
    const { id: row } = scene.opened('ws://127.0.0.1:8080/')
    assert.match(judged(scene, row, id), /^met: judged from outside: it opened/)
    const never = scene.live.actions.open({ url: 'ws://127.0.0.1:8081/' })
    scene.lastSocket().fail()
    assert.match(judged(scene, never, id), /^unknown: judged from outside/)
  })
})
