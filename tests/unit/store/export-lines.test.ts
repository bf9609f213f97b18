import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { exportLines } from '#lib/store/connection/export-lines.ts'

const shared = {
  type: 'message',
  at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  deltaMs: null,
  truncated: false,
  isPing: false,
  rttMs: null,
} as const

describe('export as JSON lines', () => {
  it('writes one object a line, text as it is and bytes as hex', () => {
    const text = exportLines([
      { type: 'note', at: shared.at, deltaMs: null, tone: 'neutral', text: 'connecting' },
      { ...shared, direction: 'out', sizeBytes: 3, payload: { opcode: 'text', text: 'a\nb' } },
      {
        ...shared,
        direction: 'in',
        sizeBytes: 9,
        payload: { opcode: 'binary', bytes: new Uint8Array([1, 255]) },
        truncated: true,
        isPing: true,
        rttMs: 1.5,
      },
    ])
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.deepEqual(lines, [
      { at: '2026-01-02T03:04:05.678Z', note: 'connecting' },
      { at: '2026-01-02T03:04:05.678Z', direction: 'out', opcode: 'text', size_bytes: 3, data: 'a\nb' },
      {
        at: '2026-01-02T03:04:05.678Z',
        direction: 'in',
        opcode: 'binary',
        size_bytes: 9,
        data: '01 ff',
        truncated: true,
        rtt_ms: 1.5,
        page_ping: true,
      },
    ])
  })
})
