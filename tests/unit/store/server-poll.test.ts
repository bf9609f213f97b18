import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FeedStatus } from '#lib/store/feed/feed-state.ts'
import { createScene } from './scene.ts'

const report = (now: number, more = {}) => ({
  status: 'healthy',
  services: { websocket: 'active: 3' },
  open_connections: 3,
  version: '0.1.0',
  config: { ping_interval: 30, ping_timeout: 10 },
  uptime_seconds: 60,
  timestamp: now / 1_000,
  ...more,
})

function polling(answer: (now: number) => { status: number; body: unknown }) {
  const scene = createScene()
  scene.world.answerJson((url) =>
    url.endsWith('/health') ? answer(scene.world.now()) : { status: 404, body: undefined },
  )
  scene.live.start()
  const status = async (ms = 0) => {
    await scene.world.settle()
    scene.world.advance(ms)
    await scene.world.settle()
    scene.world.advance(20)
    return scene.live.store.getState().server
  }
  const polls = () => scene.world.requests.filter((url) => url.endsWith('/health')).length
  return { ...scene, status, polls }
}

function plannedInMs(status: FeedStatus, now: number): number {
  return status.phase === 'waiting' ? status.nextAttemptAt - now : 0
}

describe('server status', () => {
  it('tells version, open connections, heartbeat and start of a server that is up', async () => {
    const { status, world } = polling((now) => ({ status: 200, body: report(now) }))
    const at = world.now()
    assert.deepEqual(await status(), {
      status: 'up',
      at,
      latencyMs: 0,
      version: '0.1.0',
      startedAt: at - 60_000,
      openConnections: 3,
      heartbeat: { intervalSeconds: 30, timeoutSeconds: 10 },
      trouble: null,
    })
  })

  it('tells what is wrong with the file of events and reports, for as long as it is', async () => {
    let keeping: object | undefined = { trouble: 'disk-full' }
    const { status } = polling((now) => ({ status: 200, body: report(now, { keeping }) }))
    const full = await status()
    assert.equal(full.status === 'up' && full.trouble, 'disk-full')
    keeping = undefined
    const again = await status(5_000)
    assert.equal(again.status === 'up' && again.trouble, null)
  })

  it('knows no number of open connections from a server that tells it in words alone', async () => {
    const { status } = polling((now) => ({ status: 200, body: report(now, { open_connections: undefined }) }))
    const up = await status()
    assert.equal(up.status === 'up' && up.openConnections, null)
  })

  it('remembers since when the server is unreachable, and what it was', async () => {
    let isUp = true
    const { status, world } = polling((now) => {
      if (!isUp) throw new Error('refused')
      return { status: 200, body: report(now) }
    })
    await status()
    isUp = false
    const lost = await status(5_000)
    const still = await status(5_000)
    assert.equal(
      lost.status === 'unreachable' && still.status === 'unreachable' && lost.since === still.since,
      true,
    )
    assert.equal(still.status === 'unreachable' && still.lastUp?.openConnections, 3)
    isUp = true
    assert.equal((await status(5_000)).status, 'up')
    assert.ok(world.now() > 0)
  })

  it('asks at once when the events stop coming, so that nothing on the page contradicts the rest', async () => {
    let isUp = true
    const { status, feedSocket } = polling((now) => {
      if (!isUp) throw new Error('gone')
      return { status: 200, body: report(now) }
    })
    await status()
    feedSocket().open()
    feedSocket().receive({ type: 'hello', instance: 'one', oldest: null, latest: null })
    isUp = false
    feedSocket().end(1006)
    assert.equal((await status()).status, 'unreachable')
  })

  it('tells a draining server from one that is gone, and a stranger from ours', async () => {
    assert.equal(
      (await polling((now) => ({ status: 503, body: report(now, { status: 'draining' }) })).status()).status,
      'draining',
    )
    const stranger = await polling(() => ({ status: 502, body: undefined })).status()
    assert.equal(
      stranger.status === 'unreachable' && stranger.says,
      'GET /health answered 502, which is not this server’s report.',
    )
  })

  it('asks nothing while the page is hidden and at once when it is back', async () => {
    const { status, polls, world } = polling((now) => ({ status: 200, body: report(now) }))
    await status()
    world.signal({ type: 'visibility', hidden: true })
    await status(5_000)
    const before = polls()
    await status(60_000)
    assert.equal(polls(), before)
    world.signal({ type: 'visibility', hidden: false })
    assert.equal(polls(), before + 1)
  })

  it('brings the event log back with the server, however long its back-off has still to go', async () => {
    let isUp = true
    const { status, world, live, feedSocket } = polling((now) => {
      if (!isUp) throw new Error('refused')
      return { status: 200, body: report(now) }
    })
    const feed = () => live.store.getState().feed.status
    await status()
    isUp = false
    await status(5_000)
    world.setRandom(0.99)
    while (feed().phase !== 'waiting' || plannedInMs(feed(), world.now()) < 5_000) {
      feedSocket().fail()
      world.eventSources.at(-1)?.fail()
      await status(1_500)
    }
    const before = world.sockets.length
    isUp = true
    await status(1_500)
    await status()
    assert.equal(world.sockets.length, before + 1)
  })

  it('lays the server’s clock over the page’s, so that its events stand at the right time', async () => {
    const aheadMs = 3_600_000
    const { status, live, world, feedSocket } = polling((now) => ({
      status: 200,
      body: report(now + aheadMs),
    }))
    await status()
    feedSocket().open()
    feedSocket().receive({ type: 'hello', instance: 'one', oldest: null, latest: null })
    const at = world.now()
    feedSocket().receive({
      type: 'event',
      event: { id: 'a', at: (at + aheadMs) / 1_000, instance: 'one', kind: 'server', state: 'started' },
    })
    world.advance(20)
    const entry = live.store.getState().feed.entries.last()
    assert.ok(Math.abs((entry?.at ?? 0) - at) < 1)
  })
})
