/** Packets that vanish between real systems, each a network namespace: what a watched server tells of it, and the verdict. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { evidenceFromJournal } from '#lib/intake/from-journal.ts'
import type { EventOf } from '#lib/protocol/events.ts'
import { play, whyNoNamespaces } from '#tests/parity/support/namespaces/scene.ts'

async function judged(fault: string) {
  const events = await play(fault)
  const end = events.find((event): event is EventOf<'disconnected'> => event.kind === 'disconnected')
  assert.ok(end, `the server told of no end: ${JSON.stringify(events)}`)
  const { verdicts } = diagnose(evidenceFromJournal(events, end.client_id))
  const [first] = verdicts
  return { end, verdict: [first?.cause, first?.certainty], because: JSON.stringify(first?.because) }
}

describe('a connection whose packets vanish', {
  skip: (await whyNoNamespaces()) ?? false,
  concurrency: true,
}, () => {
  it('is half-open, proven, where the server sends and the system gives up', async () => {
    const { end, verdict, because } = await judged('dropped while the server sends')
    assert.deepEqual([end.close_code, end.initiator, end.socket_error], [1006, 'network', 'ETIMEDOUT'])
    assert.deepEqual(verdict, ['half-open', 'proven'])
    assert.match(because, /ETIMEDOUT/)
  })

  it('is half-open, proven, where the router says that the client cannot be reached', async () => {
    const { end, verdict } = await judged('cable pulled')
    assert.deepEqual([end.initiator, end.socket_error], ['network', 'EHOSTUNREACH'])
    assert.deepEqual(verdict, ['half-open', 'proven'])
  })

  it('is half-open, proven, where a heartbeat ends it before the system does: its ping was never acknowledged', async () => {
    const { end, verdict, because } = await judged('dropped under a heartbeat')
    assert.deepEqual([end.initiator, end.socket_error, end.missed_pongs], ['network', undefined, 1])
    assert.ok((end.unacked_bytes ?? 0) > 0 && (end.retransmits ?? 0) >= 3, JSON.stringify(end))
    assert.deepEqual(verdict, ['half-open', 'proven'])
    assert.match(because, /acknowledged none/)
  })

  it('is no such connection where the client stands still: its system acknowledges, and the pong is missed', async () => {
    const { end, verdict } = await judged('client frozen')
    assert.deepEqual([end.initiator, end.missed_pongs, end.unacked_bytes], ['network', 1, 0])
    assert.deepEqual(verdict, ['pong-timeout', 'proven'])
  })
})
