import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createSlidingQuantiles } from '#lib/stats/quantile.ts'

describe('sliding quantiles', () => {
  it('agree with sorting the last values, whatever arrives', () => {
    const arbitraryValues = fc.array(fc.double({ min: 0, max: 1_000, noNaN: true }), {
      minLength: 1,
      maxLength: 80,
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        arbitraryValues,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (window, values, q) => {
          const quantiles = createSlidingQuantiles(window)
          for (const value of values) quantiles.add(value)
          const kept = values.slice(-window).sort((a, b) => a - b)
          assert.equal(quantiles.size, kept.length)
          assert.equal(quantiles.max(), kept.at(-1))
          assert.equal(quantiles.quantile(q), kept[Math.ceil(q * kept.length) - 1])
        },
      ),
    )
  })

  it('give values that were measured, not ones in between', () => {
    const quantiles = createSlidingQuantiles(10)
    quantiles.add(1)
    quantiles.add(100)
    assert.equal(quantiles.quantile(0.5), 1)
    assert.equal(quantiles.quantile(0.95), 100)
  })

  it('know nothing before the first value and after a reset', () => {
    const quantiles = createSlidingQuantiles(3)
    assert.equal(quantiles.quantile(0.5), null)
    quantiles.add(5)
    quantiles.clear()
    assert.equal(quantiles.quantile(0.5), null)
    assert.equal(quantiles.max(), null)
  })
})
