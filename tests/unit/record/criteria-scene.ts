/** One criterion of a connection in a world of fakes. */

import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { CriterionId } from '#lib/record/criteria/criterion.ts'
import { judgeSuccess } from '#lib/record/success-criteria.ts'
import { createScene } from '../store/scene.ts'

type Scene = ReturnType<typeof createScene>

/** One criterion of a connection as it stands, as `status: evidence`. */
export function judged(
  scene: Scene,
  id: string,
  criterion: CriterionId,
  more: { isFeedLive?: boolean; idleMs?: number } = {},
) {
  const connection = scene.connection(id)
  const all = judgeSuccess(connection, { now: scene.world.now(), isFeedLive: true, ...more })
  const found = all.find((one) => one.id === criterion)
  return `${found?.status}: ${found?.evidence}`
}

function attempt(trace: string, more: object = {}): DiagnosticEvent {
  return {
    id: `a-${trace}`,
    at: 1_800_000_000,
    instance: 'one',
    kind: 'attempt',
    client_id: 'c-1',
    endpoint: '/ws',
    trace,
    address: '127.0.0.1',
    url: '/ws',
    scheme: 'ws',
    http_version: '1.1',
    origin: 'http://localhost:9000',
    upgrade: 'websocket',
    connection: 'Upgrade',
    ...more,
  } as DiagnosticEvent
}

/** A scene whose feed is live, and a way to say what the server saw of the row's current attempt. */
export function observed() {
  const scene = createScene()
  scene.live.start()
  const feed = scene.feedSocket()
  feed.open()
  feed.receive({ type: 'hello', instance: 'one', oldest: null, latest: null })
  let said = 0
  const say = (id: string, event: object) => {
    said++
    const trace = scene.connection(id).trace ?? ''
    feed.receive({ type: 'event', event: { ...attempt(trace), id: `e${said}`, ...event } })
  }
  return { ...scene, say }
}
