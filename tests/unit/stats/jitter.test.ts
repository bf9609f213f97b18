import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createJitter } from '#lib/stats/jitter.ts'

describe('jitter', () => {
  it('moves by a sixteenth of the difference, as RFC 3550 smooths it', () => {
    const jitter = createJitter()
    jitter.add(10)
    jitter.add(26)
    assert.equal(jitter.valueMs(), 1)
    jitter.add(26)
    assert.equal(jitter.valueMs(), 1 - 1 / 16)
  })

  it('needs two round trips', () => {
    const jitter = createJitter()
    assert.equal(jitter.valueMs(), null)
    jitter.add(10)
    assert.equal(jitter.valueMs(), null)
  })

  it('is zero for an even line and starts anew when cleared', () => {
    const jitter = createJitter()
    for (let count = 0; count < 5; count++) jitter.add(7)
    assert.equal(jitter.valueMs(), 0)
    jitter.clear()
    jitter.add(100)
    assert.equal(jitter.valueMs(), null)
  })
})
