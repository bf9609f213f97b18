import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { connectionEvidence } from '#lib/record/connection-evidence.ts'
import { event, following } from '#tests/unit/store/feed-scene.ts'
import { heartbeatMessage } from '#tests/unit/store/scene.ts'

/** A core that follows the server's events, and the evidence of one connection in it. */
function scene() {
  const scene = following()
  const feed = scene.greet()
  let cursor = 0
  const tell = (trace: string | null, fields: Record<string, unknown>) => {
    cursor++
    const at = scene.world.now() / 1_000
    feed.receive({
      type: 'event',
      event: event(String(cursor), { trace, at, ...fields } as Partial<DiagnosticEvent>),
    })
  }
  const evidenceOf = (id: string, besideIds: string[] = []) => {
    const connection = scene.connection(id)
    const beside = besideIds.map((other) => scene.connection(other))
    const { feed: read, page } = scene.live.store.getState()
    return connectionEvidence({ connection, feed: read, page, nowMs: scene.world.now(), beside })
  }
  return { ...scene, tell, evidenceOf }
}

const accepted = { kind: 'accepted', ping_interval_seconds: 2, ping_timeout_seconds: 1 }
const disconnected = {
  kind: 'disconnected',
  close_code: 1006,
  reason: '',
  duration_ms: 10,
  pings: 0,
  pongs: 0,
  initiator: 'network',
}

describe('the evidence of one connection', () => {
  it('has the page’s events and the server’s, and nobody else’s', () => {
    const { tell, evidenceOf, opened, connection } = scene()
    const { id, socket } = opened('/ws')
    const other = opened('/ws')
    tell(connection(other.id).trace, { ...accepted, client_id: 'other' })
    tell(connection(id).trace, { ...accepted, client_id: 'mine' })
    tell(connection(other.id).trace, { ...disconnected, client_id: 'other' })
    socket.end(1006)
    const evidence = evidenceOf(id)
    assert.deepEqual(
      evidence.browser?.events?.map(({ type }) => type),
      ['open', 'close'],
    )
    assert.deepEqual(evidence.server, [{ ms: 0, type: 'upgraded' }])
    assert.equal(evidence.peers, undefined)
  })

  it('has the connections beside it as peers', () => {
    const { tell, evidenceOf, opened, connection } = scene()
    const { id } = opened('/ws')
    const other = opened('/ws')
    tell(connection(id).trace, { ...accepted, client_id: 'mine' })
    tell(connection(other.id).trace, { ...accepted, client_id: 'other' })
    tell(connection(other.id).trace, { ...disconnected, client_id: 'other' })
    assert.equal(evidenceOf(id, [other.id]).peers?.length, 1)
  })

  it('of a row that came back is that of its last loss, with all of them as peers', () => {
    const { evidenceOf, opened, world, lastSocket } = scene()
    const { id } = opened('ws://127.0.0.1:8080/', { autoReconnect: true })
    lastSocket().receive('of the first')
    for (let drop = 1; drop <= 3; drop++) {
      world.advance(7_900)
      lastSocket().end(1006)
      world.advance(30_000)
      lastSocket().open()
    }
    lastSocket().receive('of the fourth')
    const evidence = evidenceOf(id)
    assert.deepEqual(
      evidence.browser?.events?.map(({ type, code }) => [type, code]),
      [
        ['open', undefined],
        ['close', 1006],
      ],
    )
    assert.deepEqual(
      evidence.peers?.map(({ age_ms, code }) => [age_ms, code]),
      [
        [7_900, 1006],
        [7_900, 1006],
        [7_900, 1006],
      ],
    )
    const { outcome, verdicts } = diagnose(evidence)
    assert.equal(outcome, 'undetermined')
    assert.deepEqual(
      verdicts.slice(0, 2).map(({ cause }) => cause),
      ['idle-timeout', 'max-lifetime'],
    )
  })

  it('of a row that goes on, and was never lost, is that of what goes on', () => {
    const { evidenceOf, opened } = scene()
    const { id } = opened('ws://127.0.0.1:8080/')
    assert.equal(evidenceOf(id).browser?.events?.at(-1)?.type, 'still_open')
    assert.equal(evidenceOf(id).peers, undefined)
  })

  it('says that nothing arrived where the server was watched, and nothing where it was not', () => {
    const watching = scene()
    const { id } = watching.opened('/ws')
    assert.deepEqual(watching.evidenceOf(id).server, [])
    const foreign = watching.opened('ws://127.0.0.1:1/ws')
    assert.equal(watching.evidenceOf(foreign.id).server, undefined)
  })

  it('tells when the server wrote what arrived, where every message says so', () => {
    const { tell, evidenceOf, opened, connection, world } = scene()
    const { id, socket } = opened('/ws/health')
    tell(connection(id).trace, { ...accepted, client_id: 'mine' })
    const sentAt = world.now()
    world.advance(2_500)
    socket.receive(heartbeatMessage(sentAt))
    assert.deepEqual(evidenceOf(id).server?.filter(({ type }) => type === 'sent').length, 1)
    socket.receive('no JSON')
    const evidence = evidenceOf(id)
    assert.ok(evidence.server?.every(({ type }) => type !== 'sent'))
    assert.equal(evidence.browser?.events?.find(({ type }) => type === 'exception')?.name, 'SyntaxError')
  })
})
