import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  createMessageLog,
  LOG_BUDGET_BYTES,
  LOG_LIMIT,
  PAYLOAD_KEPT_BYTES,
} from '#lib/store/connection/message-log.ts'
import { createSampleLog } from '#lib/store/connection/samples.ts'
import { createScene } from './scene.ts'

describe('message log', () => {
  it('has direction, opcode, size on the wire and time since the entry before', () => {
    const { live, world, opened, connection } = createScene()
    const { id, socket } = opened('ws://127.0.0.1:8080/')
    live.actions.clearLog(id)
    live.actions.send(id, { opcode: 'text', text: 'grüß' })
    world.advance(12)
    socket.receive(new Uint8Array([1, 2, 3]).buffer)
    const rows = [...connection(id).log].map((entry) =>
      entry.type === 'message'
        ? [entry.direction, entry.payload.opcode, entry.sizeBytes, entry.deltaMs]
        : entry.text,
    )
    assert.deepEqual(rows, [
      ['out', 'text', 6, null],
      ['in', 'binary', 3, 12],
    ])
    const { messagesIn, messagesOut, bytesIn, bytesOut } = connection(id).traffic
    assert.deepEqual([messagesIn, messagesOut, bytesIn, bytesOut], [1, 1, 3, 6])
  })

  it('tells between the messages what happened to the connection', () => {
    const { world, opened, connection } = createScene()
    const { id, socket } = opened('/ws')
    world.advance(1_000)
    socket.end(1008, true, 'no token')
    const notes = [...connection(id).log].flatMap((entry) => (entry.type === 'note' ? [entry.text] : []))
    assert.deepEqual(notes, [
      'connecting',
      'open after 3.0 ms',
      '1008 Policy Violation, “no token”, closed by the server',
    ])
  })

  it('keeps the last 10,000 entries and says how many it dropped', () => {
    const { opened, connection } = createScene()
    const { id, socket } = opened('ws://127.0.0.1:8080/')
    for (let count = 0; count < LOG_LIMIT; count++) socket.receive('x')
    const { log } = connection(id)
    assert.deepEqual([log.length, log.dropped], [LOG_LIMIT, 2])
  })

  it('keeps the beginning of a large message and the size of the whole', () => {
    const log = createMessageLog()
    const text = 'ü'.repeat(PAYLOAD_KEPT_BYTES)
    log.addMessage({
      at: 1,
      direction: 'in',
      payload: { opcode: 'text', text },
      sizeBytes: text.length * 2,
      isPing: false,
      rttMs: null,
    })
    const entry = log.view().last()
    assert.equal(
      entry?.type === 'message' &&
        entry.truncated &&
        entry.payload.opcode === 'text' &&
        entry.payload.text.length,
      PAYLOAD_KEPT_BYTES / 2,
    )
    assert.equal(entry?.type === 'message' && entry.sizeBytes, PAYLOAD_KEPT_BYTES * 2)
  })

  it('keeps no more payload than its budget, however few the messages', () => {
    const log = createMessageLog()
    const bytes = new Uint8Array(PAYLOAD_KEPT_BYTES)
    const count = (LOG_BUDGET_BYTES / PAYLOAD_KEPT_BYTES) * 2
    for (let nth = 0; nth < count; nth++) {
      log.addMessage({
        at: nth,
        direction: 'in',
        payload: { opcode: 'binary', bytes },
        sizeBytes: bytes.length,
        isPing: false,
        rttMs: null,
      })
    }
    assert.deepEqual([log.view().length, log.view().dropped], [count / 2, count / 2])
  })
})

describe('sample log', () => {
  it('keeps one hour', () => {
    const samples = createSampleLog()
    for (let minute = 0; minute <= 90; minute++) samples.add({ kind: 'page-rtt', at: minute * 60_000, ms: 1 })
    assert.equal(samples.view().length, 61)
    assert.equal(samples.view().at(0)?.at, 30 * 60_000)
  })

  it('keeps no more than its bound', () => {
    const samples = createSampleLog(5)
    for (let at = 0; at < 9; at++) samples.add({ kind: 'page-rtt', at, ms: 1 })
    assert.deepEqual([samples.view().length, samples.view().dropped], [5, 4])
  })
})

describe('sending', () => {
  it('is refused when nothing is open, with the reason', () => {
    const { live, opened } = createScene()
    const { id, socket } = opened('/ws')
    socket.end(1006)
    assert.deepEqual(live.actions.send(id, { opcode: 'text', text: 'x' }), {
      code: 'not-open',
      says: 'The connection is not open.',
    })
  })

  it('repeats a message until it is stopped, and not faster than a page can bear', () => {
    const { live, world, opened, connection } = createScene()
    const { id, socket } = opened('/ws')
    const payload = { opcode: 'text', text: 'again' } as const
    assert.equal(live.actions.startRepeat(id, payload, 19)?.code, 'repeat-too-fast')
    assert.equal(live.actions.startRepeat(id, payload, 100), null)
    world.advance(450)
    assert.equal(socket.sent.length, 5)
    live.actions.stopRepeat(id)
    world.advance(1_000)
    assert.deepEqual([socket.sent.length, connection(id).repeat], [5, null])
  })

  it('stops repeating when the connection ends', () => {
    const { live, world, opened, connection } = createScene()
    const { id, socket } = opened('/ws')
    live.actions.startRepeat(id, { opcode: 'text', text: 'again' }, 100)
    socket.end(1006)
    world.advance(1_000)
    assert.deepEqual([socket.sent.length, connection(id).repeat], [1, null])
  })
})
