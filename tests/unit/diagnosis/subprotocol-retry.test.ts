/** A server that closes over the subprotocol, and a retry that opens with another: whoever saw the code, the verdict is one. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Evidence } from '#lib/evidence/schema.ts'

const close = { code: 4406, reason: 'Subprotocol not acceptable' }
const answered = {
  status: 101,
  status_text: 'Switching Protocols',
  version: '1.1',
  headers: [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
  ] as [string, string][],
  ms: 4,
}
const probed: Evidence = {
  target: { url: 'ws://orders.example/graphql', subprotocols: [] },
  probe: {
    dns: { outcome: 'ok', ms: 0 },
    tcp: { outcome: 'connected', ms: 2 },
    http: answered,
    checks: { accept: true, upgrade: true, connection: true, subprotocol: null, extensions: null },
    frames: [{ ms: 9, opcode: 8, fin: true, rsv: 0, masked: false, length: 28, ...close }],
    end: { kind: 'close_frame', ms: 9, ...close },
  },
}
const page: Evidence['browser'] = {
  events: [
    { ms: 6, type: 'open' },
    { ms: 12, type: 'close', ...close, was_clean: true },
  ],
}
const opens = {
  vary: { subprotocols: ['graphql-transport-ws'] },
  status: 101,
  end: { kind: 'open', ms: 3000 },
}
const again = {
  vary: { again: true },
  status: 101,
  end: { kind: 'close_frame', ms: 9, ...close },
}

describe('a retry that opens with another subprotocol', () => {
  const places: readonly [string, Evidence][] = [
    ['beside the probe alone', probed],
    ['beside a page that was closed with the same code', { ...probed, browser: page }],
  ]
  for (const [where, evidence] of places) {
    it(`decides ${where}`, () => {
      const { outcome, verdicts } = diagnose({ ...evidence, retries: [opens, again] })
      assert.deepEqual(
        [outcome, verdicts[0]?.cause, verdicts[0]?.certainty],
        ['fault', 'subprotocol-mismatch', 'proven'],
      )
    })
    it(`leads ${where}, where nothing was repeated`, () => {
      const { verdicts, ruled_out: excluded } = diagnose({ ...evidence, retries: [opens] })
      assert.deepEqual([verdicts[0]?.cause, verdicts[0]?.certainty], ['subprotocol-mismatch', 'likely'])
      assert.ok(!excluded.some(({ cause }) => cause === 'subprotocol-mismatch'))
    })
  }
})
