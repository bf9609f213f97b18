import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createRingFilter } from '#lib/store/kit/filtered-view.ts'
import { createRing } from '#lib/store/kit/ring.ts'

describe('filter over a ring', () => {
  it('shows what filtering everything again would show', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 9 })), (batches) => {
        const ring = createRing<number>(7)
        const filter = createRingFilter<number>((value) => value % 2 === 0)
        for (const batch of batches) {
          for (const value of batch) ring.push(value)
          const view = ring.view()
          const filtered = filter(view)
          const shown = Array.from({ length: filtered.length }, (_, index) => filtered.at(index))
          assert.deepEqual(
            shown,
            [...view].filter((value) => value % 2 === 0),
          )
        }
      }),
    )
  })

  it('looks at each entry once', () => {
    let looked = 0
    const ring = createRing<number>(100)
    const filter = createRingFilter<number>(() => {
      looked++
      return true
    })
    for (let value = 0; value < 50; value++) {
      ring.push(value)
      filter(ring.view())
    }
    assert.equal(looked, 50)
  })

  it('begins again for a ring that was rebuilt or cleared', () => {
    const ring = createRing<string>(4)
    const filter = createRingFilter<string>(() => true)
    ring.push('a')
    filter(ring.view())
    ring.replace(['b', 'c'])
    assert.equal(filter(ring.view()).at(0), 'b')
    ring.clear()
    assert.equal(filter(ring.view()).length, 0)
  })

  it('goes back to an older view, as a paused list keeps one', () => {
    const ring = createRing<number>(4)
    const filter = createRingFilter<number>(() => true)
    ring.push(1)
    const paused = ring.view()
    ring.push(2)
    filter(ring.view())
    assert.equal(filter(paused).length, 1)
  })
})
