/** A core whose feed a test plays the server to. */
import assert from 'node:assert/strict'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { FeedEntry } from '#lib/store/feed/feed-state.ts'
import { createScene } from './scene.ts'

export const hello = (latest: string | null = null, instance = 'one') => ({
  type: 'hello',
  instance,
  oldest: null,
  latest,
})

export function event(id: string, more: Partial<DiagnosticEvent> = {}): DiagnosticEvent {
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

export const ids = (entries: Iterable<FeedEntry>) =>
  Array.from(entries, (entry) => (entry.type === 'gap' ? `gap ${entry.after}..${entry.before}` : entry.key))

export function following() {
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
export function fallBack(scene: ReturnType<typeof following>) {
  scene.feedSocket().fail()
  scene.world.advance(1_000)
  scene.feedSocket().fail()
  const source = scene.world.eventSources.at(-1)
  assert.ok(source)
  return source
}
