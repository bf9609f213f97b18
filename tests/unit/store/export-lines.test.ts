import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { rowText } from '#components/live/messages/entry-text.ts'
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

describe('a message that would steer its reader', () => {
  const steers = '\u001b[2J\u009b31m\u202e\u200b'
  const entry = {
    ...shared,
    direction: 'in',
    sizeBytes: 9,
    payload: { opcode: 'text', text: `a\tb\n${steers}` },
  } as const

  it('is a line of escapes in its row, and keeps its own lines where it is shown as it came', () => {
    assert.equal(rowText(entry, 'pretty'), 'a b \\u001b[2J\\u009b31m\\u202e\\u200b')
    assert.equal(rowText(entry, 'raw'), 'a\tb\n\\u001b[2J\\u009b31m\\u202e\\u200b')
  })

  it('is exported as escapes that parse to what it was', () => {
    const line = exportLines([entry])
    assert.match(line, /^[ -~]+\n$/)
    assert.equal(JSON.parse(line).data, entry.payload.text)
  })
})
