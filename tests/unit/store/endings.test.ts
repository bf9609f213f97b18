import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createScene, healthGreeting } from './scene.ts'

describe('ways to end', () => {
  it('tells a connection that never opened', () => {
    const { live, world, lastSocket, connection } = createScene()
    const id = live.actions.open({ url: 'ws://localhost:1/ws' })
    world.advance(41)
    lastSocket().fail()
    const { state } = connection(id)
    assert.deepEqual(state, {
      phase: 'never-opened',
      at: state.phase === 'never-opened' ? state.at : 0,
      afterMs: 41,
      code: 1006,
      reason: '',
      abandoned: false,
    })
  })

  it('tells a drop: 1006 after the opening, without an error event', () => {
    const { world, connection, opened } = createScene()
    const { id, socket } = opened('/ws')
    world.advance(6_020)
    socket.end(1006)
    const { state } = connection(id)
    assert.equal(state.phase, 'closed')
    if (state.phase !== 'closed') return
    assert.deepEqual(
      [state.how, state.by, state.name, state.lastedMs],
      ['dropped', 'network', 'Abnormal Closure', 6_020],
    )
  })

  it('tells a protocol violation: an error event after the opening, then 1006', () => {
    const { connection, opened } = createScene()
    const { id, socket } = opened('/ws')
    socket.fail()
    const { state } = connection(id)
    assert.equal(state.phase === 'closed' && state.how, 'protocol-violation')
  })

  it('tells that the constructor threw, and which of its rules', () => {
    const { live, world, connection } = createScene()
    const refused = (url: string, subprotocols: string[], name: string) => {
      const error = new Error('said the browser')
      error.name = name
      world.refuseWith(error)
      const { state } = connection(live.actions.open({ url, subprotocols }))
      return state.phase === 'refused' ? [state.cause, state.name, state.message] : state.phase
    }
    const says = 'said the browser'
    assert.deepEqual(refused('ws://x/#a', [], 'SyntaxError'), ['bad-url', 'SyntaxError', says])
    assert.deepEqual(refused('ws://x/', ['a b'], 'SyntaxError'), ['bad-subprotocol', 'SyntaxError', says])
    assert.deepEqual(refused('ws://x/', ['a', 'a'], 'SyntaxError'), ['bad-subprotocol', 'SyntaxError', says])
    assert.deepEqual(refused('ws://x/', [], 'SecurityError'), ['other', 'SecurityError', says])
  })

  it('tells a block that never ends: an error, readyState 3, and no close event', () => {
    const { live, world, lastSocket, connection } = createScene()
    const id = live.actions.open({ url: 'ws://elsewhere.example/ws' })
    world.advance(2)
    lastSocket().error()
    assert.equal(connection(id).state.phase, 'connecting')
    world.advance(1_000)
    assert.deepEqual(connection(id).state.phase, 'blocked')
  })

  it('knows the block at once where the page is told of the violated policy', () => {
    const { live, world, lastSocket, connection } = createScene()
    live.start()
    const id = live.actions.open({ url: 'wss://elsewhere.example/ws' })
    lastSocket().error()
    world.signal({ type: 'policy-violation', blockedUri: 'wss://other.example', directive: 'connect-src' })
    assert.equal(connection(id).state.phase, 'connecting')
    world.signal({
      type: 'policy-violation',
      blockedUri: 'wss://elsewhere.example',
      directive: 'connect-src',
    })
    const { state } = connection(id)
    assert.equal(state.phase === 'blocked' && state.directive, 'connect-src')
  })

  it('does not take an ordinary failure for a block', () => {
    const { live, world, lastSocket, connection } = createScene()
    const id = live.actions.open({ url: 'ws://elsewhere.example/ws' })
    lastSocket().fail()
    world.advance(5_000)
    assert.equal(connection(id).state.phase, 'never-opened')
  })
})

describe('who closed', () => {
  const ended = (ask: { code: number } | null, code: number, wasClean: boolean) => {
    const { live, connection, opened } = createScene()
    const { id, socket } = opened('/ws')
    if (ask !== null) assert.equal(live.actions.close(id, ask.code), null)
    socket.end(code, wasClean)
    const { state } = connection(id)
    return state.phase === 'closed' ? [state.by, state.how] : state.phase
  }

  it('is this page when its own code comes back, or an empty answer', () => {
    assert.deepEqual(ended({ code: 1000 }, 1000, true), ['client', 'close-frame'])
    assert.deepEqual(ended({ code: 4001 }, 1005, true), ['client', 'close-frame'])
  })

  it('is the server when it sent a code first, even one that crossed ours', () => {
    assert.deepEqual(ended(null, 1001, true), ['server', 'close-frame'])
    assert.deepEqual(ended({ code: 1000 }, 1008, true), ['server', 'close-frame'])
  })

  it('is the server when TCP broke after its close frame', () => {
    assert.deepEqual(ended(null, 1011, false), ['server', 'close-frame'])
  })

  it('is this page when its close frame went unanswered until the browser gave up', () => {
    assert.deepEqual(ended({ code: 1000 }, 1006, false), ['client', 'dropped'])
  })

  it('is nobody but the network when there was no close frame', () => {
    assert.deepEqual(ended(null, 1006, false), ['network', 'dropped'])
  })
})

describe('closing', () => {
  it('shows that it waits for the other side', () => {
    const { live, connection, opened } = createScene()
    const { id, socket } = opened('/ws')
    live.actions.close(id, 3999, 'done')
    const { state } = connection(id)
    assert.deepEqual([state.phase, socket.closeCalls], ['closing', [{ code: 3999, reason: 'done' }]])
  })

  it('refuses codes that a page may not send and reasons that do not fit, and says what is allowed', () => {
    const { live, connection, opened } = createScene()
    const { id, socket } = opened('/ws')
    assert.equal(live.actions.close(id, 1001)?.code, 'close-code-not-allowed')
    assert.equal(live.actions.close(id, 1006)?.code, 'close-code-not-allowed')
    assert.match(live.actions.close(id, 2999)?.says ?? '', /1000 or 3000 to 4999/)
    assert.equal(live.actions.close(id, 1000, 'ü'.repeat(62))?.code, 'reason-too-long')
    assert.deepEqual(socket.closeCalls, [])
    assert.equal(connection(id).state.phase, 'open')
    assert.equal(live.actions.close(id, 1000, 'ü'.repeat(61)), null)
  })

  it('misses no beats while it waits for the answer', () => {
    const { live, world, connection, opened } = createScene()
    const { id, socket } = opened('/ws/health', { pagePings: { mode: 'every', intervalMs: 2_000 } })
    socket.receive(healthGreeting(2, 1))
    live.actions.close(id)
    const sent = socket.sent.length
    world.advance(30_000)
    const { beats, state } = connection(id)
    assert.deepEqual([beats.missed, state.phase, socket.sent.length], [0, 'closing', sent])
  })

  it('gives up an attempt that is still connecting', () => {
    const { live, lastSocket, connection } = createScene()
    const id = live.actions.open({ url: 'ws://localhost:1/ws' })
    live.actions.close(id)
    lastSocket().fail()
    const { state } = connection(id)
    assert.equal(state.phase === 'never-opened' && state.abandoned, true)
  })

  it('says that a removed connection is no more', () => {
    const { live, opened } = createScene()
    const { id, socket } = opened('/ws')
    live.actions.remove(id)
    assert.deepEqual(socket.closeCalls, [{ code: 1000, reason: undefined }])
    assert.equal(live.store.getState().connections[id], undefined)
    assert.equal(live.actions.close(id)?.code, 'unknown-connection')
  })
})

describe('reconnecting by hand', () => {
  it('starts a new attempt in the same row, with a new trace and its log kept', () => {
    const { live, connection, opened, lastSocket } = createScene()
    const { id, socket } = opened('/ws/health?ping_interval=2')
    socket.receive(healthGreeting(2, 1))
    const before = connection(id)
    socket.end(1006)
    live.actions.reconnect(id)
    lastSocket().open()
    const after = connection(id)
    assert.equal(after.attempt, 2)
    assert.equal(after.state.phase, 'open')
    assert.notEqual(after.trace, before.trace)
    assert.match(lastSocket().url, new RegExp(`&trace=${after.trace}$`))
    assert.ok(after.log.length > before.log.length)
    assert.equal(after.traffic.messagesIn, 0)
    assert.deepEqual(
      [...after.samples].map(({ kind }) => kind),
      ['open', 'close', 'reconnect', 'open'],
    )
  })

  it('closes an open one first, and breaks its line in the chart there', () => {
    const { live, connection, opened, lastSocket } = createScene()
    const { id, socket } = opened('/ws')
    live.actions.reconnect(id)
    assert.deepEqual(socket.closeCalls, [{ code: 1000, reason: undefined }])
    socket.end(1000)
    lastSocket().open()
    const { state, samples } = connection(id)
    assert.equal(state.phase, 'open')
    assert.deepEqual(
      [...samples].map(({ kind }) => kind),
      ['open', 'close', 'reconnect', 'open'],
    )
  })

  it('leaves the URL of a foreign server as it was typed', () => {
    const { connection, opened } = createScene()
    const { id, socket } = opened('ws://127.0.0.1:8080/ws?a=%20b')
    assert.equal(socket.url, 'ws://127.0.0.1:8080/ws?a=%20b')
    assert.equal(connection(id).trace, null)
  })
})

describe('all at once', () => {
  const many = () => {
    const scene = createScene()
    scene.world.setRandom(0.5)
    const open = scene.opened('/ws')
    const lost = scene.opened('/ws/echo', { autoReconnect: true })
    lost.socket.end(1006)
    const over = scene.opened('/ws')
    scene.live.actions.close(over.id)
    over.socket.end(1000, true)
    return { ...scene, open, lost, over }
  }

  it('closes what is open and what waits for its next attempt', () => {
    const { live, world, open, lost, connection } = many()
    live.actions.closeAll()
    assert.deepEqual(open.socket.closeCalls, [{ code: 1000, reason: '' }])
    world.advance(60_000)
    assert.deepEqual(
      [connection(lost.id).attempt, connection(lost.id).reconnects.resting],
      [1, 'closed-by-person'],
    )
  })

  it('forgets what is over, or those that are named', () => {
    const { live, open, lost, over } = many()
    live.actions.removeAll()
    assert.deepEqual(live.store.getState().connectionIds, [open.id])
    live.actions.removeAll([open.id, lost.id, over.id])
    assert.deepEqual(live.store.getState().connectionIds, [])
  })

  it('tries again what is over, of those that are named', () => {
    const { live, open, over, connection } = many()
    live.actions.reconnectAll([open.id, over.id])
    assert.deepEqual([connection(open.id).attempt, connection(over.id).attempt], [1, 2])
  })
})
