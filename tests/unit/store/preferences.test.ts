import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PREFERENCES_KEY } from '#lib/store/preferences.ts'
import { createScene } from './scene.ts'

/** The next visit: the same storage, a new page. */
function visitAfter(stored: ReadonlyMap<string, string>) {
  const scene = createScene()
  for (const [key, value] of stored) scene.world.stored.set(key, value)
  scene.live.start()
  return scene
}

function firstVisit() {
  const scene = createScene()
  scene.live.start()
  return scene
}

describe('preferences', () => {
  it('survive a reload', () => {
    const { live, world, opened } = firstVisit()
    live.actions.changeSettings({ theme: 'light', chartWindowMinutes: 15 })
    const { id } = opened('/ws/echo')
    live.actions.send(id, { opcode: 'text', text: 'hello' })
    world.advance(1_000)
    const { settings, recentUrls, sendHistory } = visitAfter(world.stored).live.store.getState().preferences
    assert.deepEqual([settings.theme, settings.chartWindowMinutes], ['light', 15])
    assert.deepEqual([recentUrls, sendHistory], [['ws://localhost:9000/ws/echo'], ['hello']])
  })

  it('of an earlier version have the defaults of what it did not know', () => {
    const { world } = firstVisit()
    const settings = { theme: 'light', chartWindowMinutes: 15, messageView: 'raw', autoReconnect: true }
    world.stored.set(PREFERENCES_KEY, JSON.stringify({ version: 1, settings }))
    assert.deepEqual(visitAfter(world.stored).live.store.getState().preferences.settings, {
      ...settings,
      notifications: 'not-asked',
      sound: false,
    })
  })

  it('offer the connections of the last visit and open none without asking', () => {
    const { world, opened } = firstVisit()
    opened('/ws/echo', { subprotocols: ['chat'], autoReconnect: true })
    opened('/ws')
    world.advance(1_000)
    const next = visitAfter(world.stored)
    assert.deepEqual(next.live.store.getState().connectionIds, [])
    assert.deepEqual(next.live.store.getState().preferences.restoreOffers, [
      { url: 'ws://localhost:9000/ws/echo', subprotocols: ['chat'], autoReconnect: true },
      { url: 'ws://localhost:9000/ws', subprotocols: [], autoReconnect: false },
    ])
    const ids = next.live.actions.acceptRestore([0])
    assert.equal(ids.length, 1)
    assert.match(next.lastSocket().url, /\/ws\/echo\?trace=/)
    assert.deepEqual(next.lastSocket().subprotocols, ['chat'])
    assert.deepEqual(next.live.store.getState().preferences.restoreOffers, [])
  })

  it('forget experiments, and leave the offers of the last visit to be answered meanwhile', () => {
    const { world, opened } = firstVisit()
    opened('/ws')
    world.advance(1_000)
    const next = visitAfter(world.stored)
    const { id } = next.opened('/lab/crash/ws', { remember: false })
    next.live.actions.remove(id)
    next.opened('/lab/reset/ws', { remember: false })
    next.world.advance(1_000)
    const { recentUrls, restoreOffers } = visitAfter(next.world.stored).live.store.getState().preferences
    assert.deepEqual(recentUrls, ['ws://localhost:9000/ws'])
    assert.deepEqual(
      restoreOffers.map(({ url }) => url),
      ['ws://localhost:9000/ws'],
    )
  })

  it('keep an offer that nobody has answered for the visit after', () => {
    const { world, opened } = firstVisit()
    opened('/ws')
    world.advance(1_000)
    const next = visitAfter(world.stored)
    next.live.actions.changeSettings({ theme: 'dark' })
    next.world.advance(1_000)
    assert.equal(visitAfter(next.world.stored).live.store.getState().preferences.restoreOffers.length, 1)
  })

  it('withdraw an offer that was dismissed', () => {
    const { world, opened } = firstVisit()
    opened('/ws')
    world.advance(1_000)
    const next = visitAfter(world.stored)
    next.live.actions.dismissRestore()
    next.world.advance(1_000)
    assert.deepEqual(visitAfter(next.world.stored).live.store.getState().preferences.restoreOffers, [])
  })

  it('are written when the page is hidden, since it may never come back', () => {
    const { live, world } = firstVisit()
    live.actions.changeSettings({ theme: 'light' })
    world.signal({ type: 'visibility', hidden: true })
    assert.match(world.stored.get(PREFERENCES_KEY) ?? '', /"light"/)
  })

  it('never keep a URL with credentials', () => {
    const { live, world } = firstVisit()
    live.actions.open({ url: 'wss://user:secret@example.org/' })
    world.advance(1_000)
    assert.doesNotMatch(world.stored.get(PREFERENCES_KEY) ?? '', /secret/)
  })

  it('are dropped part by part where they are damaged, and whole where they are of another version', () => {
    const read = (document: unknown) => {
      const stored = new Map([
        [PREFERENCES_KEY, typeof document === 'string' ? document : JSON.stringify(document)],
      ])
      return visitAfter(stored).live.store.getState().preferences
    }
    const partly = read({
      version: 1,
      settings: { theme: 'pink', chartWindowMinutes: 5 },
      recentUrls: ['ws://a/'],
      sendHistory: 7,
    })
    assert.deepEqual([partly.settings.theme, partly.settings.chartWindowMinutes], ['system', 5])
    assert.deepEqual([partly.recentUrls, partly.sendHistory], [['ws://a/'], []])
    assert.deepEqual(read({ version: 99, recentUrls: ['ws://a/'] }).recentUrls, [])
    assert.deepEqual(read('{"version":').recentUrls, [])
    assert.deepEqual(read(null).recentUrls, [])
  })

  it('are done without where there is no storage', () => {
    const scene = createScene()
    scene.world.ports.storage.getItem = () => {
      throw new Error('forbidden')
    }
    scene.world.ports.storage.setItem = () => {
      throw new Error('full')
    }
    scene.live.start()
    scene.live.actions.changeSettings({ theme: 'light' })
    scene.world.advance(1_000)
    assert.equal(scene.live.store.getState().preferences.settings.theme, 'light')
  })

  it('hold 20 recent URLs, newest first, each once', () => {
    const { live } = firstVisit()
    for (let nth = 0; nth < 25; nth++) live.actions.open({ url: `ws://a/${nth}` })
    live.actions.open({ url: 'ws://a/20' })
    const { recentUrls } = live.store.getState().preferences
    assert.deepEqual([recentUrls.length, recentUrls[0], recentUrls[1]], [20, 'ws://a/20', 'ws://a/24'])
    assert.equal(new Set(recentUrls).size, 20)
  })
})
