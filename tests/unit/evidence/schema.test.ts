import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { EvidenceError, parseEvidence, readEvidence } from '#lib/evidence/schema.ts'

const refusal = (read: () => unknown): EvidenceError => {
  try {
    read()
  } catch (error) {
    if (error instanceof EvidenceError) return error
  }
  throw new assert.AssertionError({ message: 'nothing was refused' })
}

describe('an evidence document', () => {
  it('keeps unknown fields and unknown event types', () => {
    const evidence = parseEvidence({
      browser: { events: [{ ms: 1, type: 'x-new', deep: { a: 1 } }] },
      later: [1],
    })
    assert.deepEqual(evidence.browser?.events, [{ ms: 1, type: 'x-new', deep: { a: 1 } }])
    assert.deepEqual(evidence.later, [1])
  })

  it('treats null as absent, but not where null is what was observed', () => {
    const evidence = parseEvidence({
      browser: null,
      probe: { checks: { accept: null } },
      retries: [{ vary: { origin: null } }],
    })
    assert.equal(evidence.browser, undefined)
    assert.equal(evidence.probe?.checks?.accept, null)
    assert.equal(evidence.retries?.[0]?.vary.origin, null)
  })

  it('names every wrong place by its path', () => {
    const { code, problems } = refusal(() =>
      parseEvidence({ browser: { events: [{ ms: '1', type: 2 }] }, server: {} }),
    )
    assert.equal(code, 'wrong-shape')
    assert.deepEqual(problems, [
      'browser.events[0].ms: expected number',
      'browser.events[0].type: expected string',
      'server: expected array',
    ])
  })

  it('is refused when it is something else', () => {
    assert.equal(refusal(() => parseEvidence([])).code, 'not-an-object')
    assert.equal(refusal(() => parseEvidence({ name: 'a package' })).code, 'wrong-shape')
    assert.equal(refusal(() => readEvidence('{')).code, 'not-json')
  })

  it('is read bare, with a byte order mark, or as the evidence of a recorded case', () => {
    const evidence = { server: [] }
    for (const text of [
      JSON.stringify(evidence),
      `\uFEFF${JSON.stringify(evidence)}`,
      JSON.stringify({ id: 'x', evidence }),
    ]) {
      assert.deepEqual(readEvidence(text), evidence)
    }
  })
})
