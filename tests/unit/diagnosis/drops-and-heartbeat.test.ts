import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Evidence, RetryEvidence } from '#lib/evidence/schema.ts'

const start = 1_800_000_000_000

/** Three drops of a page at the same age, without a message, and what a heartbeat changed. */
function evidence(retry?: RetryEvidence): Evidence {
  return {
    target: { url: 'ws://127.0.0.1:8080/' },
    browser: {
      events: [
        { ms: 10, type: 'open' },
        { ms: 7_910, type: 'close', code: 1006, reason: '', was_clean: false },
      ],
    },
    peers: [1, 2, 3].map((drop) => ({
      opened_ms: start + drop * 9_000,
      last_byte_ms: start + drop * 9_000,
      closed_ms: start + drop * 9_000 + 7_900,
      age_ms: 7_900,
      code: 1006,
    })),
    ...(retry && { retries: [retry] }),
  }
}

const leading = (retry?: RetryEvidence) => {
  const { outcome, verdicts } = diagnose(evidence(retry))
  return [outcome, verdicts[0]?.cause]
}
const beaten = (end: RetryEvidence['end']): RetryEvidence => ({
  vary: { heartbeat_seconds: 2 },
  status: 101,
  end,
})

describe('three drops at one age, in silence', () => {
  it('are undetermined by themselves', () => {
    assert.equal(leading()[0], 'undetermined')
  })

  it('are a maximum age where a heartbeat changed nothing', () => {
    assert.deepEqual(leading(beaten({ kind: 'rst', ms: 7_905 })), ['fault', 'max-lifetime'])
  })

  it('are an idle timeout where a heartbeat outlived them', () => {
    assert.deepEqual(leading(beaten({ kind: 'open', ms: 16_000 })), ['fault', 'idle-timeout'])
  })
})
