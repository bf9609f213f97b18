import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { composedCases, objections } from '#tests/unit/diagnosis/truth.ts'

describe('composed failures', () => {
  it('are there', () => {
    assert.ok(composedCases.length >= 190)
  })

  for (const { file, evidence, expect } of composedCases) {
    it(`judges ${file} right`, () => {
      assert.deepEqual(objections(diagnose(parseEvidence(evidence)), expect), [])
    })
  }
})
