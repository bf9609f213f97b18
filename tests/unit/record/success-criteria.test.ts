import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { criteria, judgeSuccess } from '#lib/record/success-criteria.ts'
import { createScene, healthGreeting, heartbeatMessage } from '../store/scene.ts'
import { judged, observed } from './criteria-scene.ts'

describe('success criteria', () => {
  it('are exactly six, in the playbook’s order, one file each', () => {
    const scene = createScene()
    const { id } = scene.opened('/ws')
    const all = judgeSuccess(scene.connection(id), { now: scene.world.now(), isFeedLive: true })
    assert.deepEqual(
      all.map(({ title }) => title),
      [
        'Opens without 1006',
        'Stays open idle for 30 s',
        'Heartbeat every interval',
        'Round trip under 100 ms',
        'Closes with 1000',
        'Right headers at the server',
      ],
    )
    const files = readdirSync(new URL('../../../lib/record/criteria/', import.meta.url))
    assert.deepEqual(
      files.filter((file) => file !== 'criterion.ts').sort(),
      criteria.map((one) => `${one.id}.ts`).sort(),
    )
  })
})

describe('opens without 1006', () => {
  const id = 'opens-without-1006'

  it('is met by an opening, even if the connection is lost later', () => {
    const scene = createScene()
    const { id: row, socket } = scene.opened('/ws')
    assert.equal(judged(scene, row, id), 'met: in 3.0 ms')
    scene.world.advance(60_000)
    socket.end(1006)
    assert.equal(judged(scene, row, id), 'met: in 3.0 ms')
  })

  it('is not met by what never opened, was refused, or was cut at once', () => {
    const scene = createScene()
    const never = scene.live.actions.open({ url: 'ws://localhost:1/' })
    scene.world.advance(41)
    scene.lastSocket().fail()
    assert.equal(judged(scene, never, id), 'unmet: 1006 after 41.0 ms')
    const cut = scene.opened('/ws')
    scene.world.advance(200)
    cut.socket.end(1006)
    assert.equal(judged(scene, cut.id, id), 'unmet: opened, then 1006 after 200 ms')
    scene.world.refuseWith(Object.assign(new Error('no'), { name: 'SyntaxError' }))
    const refused = scene.live.actions.open({ url: 'ws://a/' })
    assert.equal(judged(scene, refused, id), 'unmet: the browser refused the URL: SyntaxError')
  })
})

describe('stays open idle', () => {
  const id = 'stays-open-idle'

  it('is met after more than 30 s without a message of the person’s, and says what else was sent', () => {
    const scene = createScene()
    const { id: row } = scene.opened('/ws', { pagePings: { mode: 'every', intervalMs: 2_000 } })
    scene.world.advance(29_900)
    assert.match(judged(scene, row, id), /^unknown: \d+ page pings unanswered/)
    const quiet = createScene()
    const { id: other, socket } = quiet.opened('/ws/health')
    socket.receive(healthGreeting(20, 10))
    quiet.world.advance(12_980)
    assert.equal(judged(quiet, other, id), 'pending: 13.0 s so far; the server’s beats every 20 s')
    quiet.world.advance(18_000)
    assert.match(judged(quiet, other, id), /^met: 31\.0 s without a message of yours/)
  })

  it('begins anew with each message, and stays met once it was', () => {
    const scene = createScene()
    const { id: row } = scene.opened('ws://127.0.0.1:8080/')
    scene.world.advance(20_000)
    scene.live.actions.send(row, { opcode: 'text', text: 'x' })
    scene.world.advance(20_000)
    assert.match(judged(scene, row, id), /^pending: 20\.0 s so far$/)
    scene.world.advance(11_000)
    scene.live.actions.send(row, { opcode: 'text', text: 'x' })
    assert.match(judged(scene, row, id), /^met: 31\.0 s/)
  })

  it('is not met by a connection that was lost before, and unknown where this page closed it', () => {
    const scene = createScene()
    const lost = scene.opened('/ws')
    scene.world.advance(6_020)
    lost.socket.end(1006)
    assert.equal(judged(scene, lost.id, id), 'unmet: 1006 after 6.02 s')
    const closed = scene.opened('/ws')
    scene.live.actions.close(closed.id)
    closed.socket.end(1000)
    assert.match(judged(scene, closed.id, id), /^unknown: closed by this page/)
  })

  it('takes a scenario’s shortened time and says so in its title', () => {
    const scene = createScene()
    const { id: row } = scene.opened('/ws')
    scene.world.advance(3_500)
    assert.match(judged(scene, row, id, { idleMs: 3_000 }), /^met/)
    const title = judgeSuccess(scene.connection(row), { now: 0, isFeedLive: true, idleMs: 3_000 })[1]?.title
    assert.equal(title, 'Stays open idle for 3 s')
  })
})

describe('heartbeat every interval', () => {
  const id = 'heartbeat-every-interval'

  it('is met by beats on time and not by a missed one', () => {
    const scene = createScene()
    scene.live.start()
    const { id: row, socket } = scene.opened('/ws/health')
    socket.receive(healthGreeting(2, 1))
    assert.equal(judged(scene, row, id), 'pending: first heartbeat not due yet')
    for (let beat = 0; beat < 3; beat++) {
      scene.world.advance(beat === 0 ? 1_980 : 2_000)
      socket.receive(heartbeatMessage(scene.world.now()))
    }
    assert.equal(judged(scene, row, id), 'met: 3 of 3')
    scene.world.advance(4_000)
    assert.equal(judged(scene, row, id), 'unmet: 3 of 4, 1 missed')
    assert.equal(
      judgeSuccess(scene.connection(row), { now: 0, isFeedLive: true })[2]?.title,
      'Heartbeat every 2 s',
    )
  })

  it('is judged on /ws by the pongs that the server counted', () => {
    const scene = observed()
    const { id: row } = scene.opened('/ws')
    scene.say(row, { kind: 'accepted', ping_interval_seconds: 2, ping_timeout_seconds: 1 })
    assert.equal(judged(scene, row, id), 'pending: the server’s first ping is not due yet')
    for (const at of [2, 4, 6]) scene.say(row, { kind: 'heartbeat', at, ping_number: 1, rtt_ms: 1 })
    assert.equal(judged(scene, row, id), 'met: 3 pongs at the server')
    scene.say(row, { kind: 'heartbeat', at: 8.5, ping_number: 1, rtt_ms: 1 })
    assert.equal(judged(scene, row, id), 'unmet: 4 pongs at the server, 1 late')
    scene.say(row, { kind: 'pong_timeout', ping_number: 4, waited_ms: 1_000 })
    assert.equal(judged(scene, row, id), 'unmet: server: ping 4 unanswered for 1.00 s')
  })

  it('is unknown of a foreign server, until page pings tell from outside', () => {
    const scene = createScene()
    const { id: row, socket } = scene.opened('ws://127.0.0.1:8080/')
    assert.match(judged(scene, row, id), /^unknown: judged from outside/)
    scene.live.actions.setPagePings(row, { mode: 'every', intervalMs: 2_000, message: 'hi' })
    socket.receive('hi')
    assert.equal(judged(scene, row, id), 'met: 1 of 1 page pings answered, judged from outside')
  })
})
