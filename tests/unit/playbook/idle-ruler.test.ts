import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { idleRuler, readRuler } from '#lib/playbook/idle-ruler.ts'

describe('idle ruler', () => {
  it('names whose limit a silence has outlived and whose comes next', () => {
    const { passed, next } = readRuler(61_000)
    assert.ok(passed.some(({ seconds, who }) => seconds === 60 && who.some((name) => name.includes('nginx'))))
    assert.ok((next?.seconds ?? 0) > 61)
    assert.equal(readRuler(Number.POSITIVE_INFINITY).next, null)
  })

  it('has one mark per time, in order', () => {
    const seconds = idleRuler.map((mark) => mark.seconds)
    assert.deepEqual(
      seconds,
      [...new Set(seconds)].sort((a, b) => a - b),
    )
  })
})
