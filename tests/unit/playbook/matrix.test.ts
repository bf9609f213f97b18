import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { symptoms } from '#lib/playbook/matrix.ts'

describe('the matrix of symptoms', () => {
  it('has the eight rows, each under its own id', () => {
    assert.equal(symptoms.length, 8)
    assert.equal(new Set(symptoms.map(({ id }) => id)).size, 8)
  })

  for (const { seen, causes, correction } of symptoms) {
    it(`leads from "${seen}" to causes of the catalogue, each once`, () => {
      assert.deepEqual(
        causes.filter((id) => causeOf(id) === undefined),
        [],
      )
      assert.equal(new Set(causes).size, causes.length)
    })

    it(`corrects "${seen}" in a line or two`, () => {
      assert.ok((correction ?? '').length <= 160)
    })
  }

  it('names the trap of the serializer where no messages come', () => {
    const row = symptoms.find(({ id }) => id === 'no-messages')
    assert.equal(row?.causes[0], 'serialization-mismatch')
    assert.match(row?.correction ?? '', /Both ends must agree on JSON text frames/)
  })
})
