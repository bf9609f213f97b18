import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createRing, emptyView } from '#lib/store/kit/ring.ts'
import { timed } from '#tests/unit/processor-time.ts'

const operation = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant('push' as const), value: fc.integer() }) },
  fc.record({ do: fc.constant('dropOldest' as const) }),
  fc.record({ do: fc.constant('clear' as const) }),
  fc.record({ do: fc.constant('replace' as const), values: fc.array(fc.integer(), { maxLength: 12 }) }),
)

describe('ring', () => {
  it('holds the last entries in order and counts the rest, whatever is done to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(operation, { maxLength: 60 }),
        (capacity, operations) => {
          const ring = createRing<number>(capacity)
          let model: number[] = []
          let dropped = 0
          const push = (value: number) => {
            model.push(value)
            if (model.length > capacity) {
              model.shift()
              dropped++
            }
          }
          for (const step of operations) {
            if (step.do === 'push') {
              ring.push(step.value)
              push(step.value)
            } else if (step.do === 'dropOldest') {
              const expected = model.shift()
              if (expected !== undefined) dropped++
              assert.equal(ring.dropOldest(), expected)
            } else if (step.do === 'clear') {
              ring.clear()
              model = []
              dropped = 0
            } else {
              ring.replace(step.values)
              model = []
              for (const value of step.values) push(value)
            }
            const view = ring.view()
            assert.deepEqual([...view], model)
            assert.equal(view.length, model.length)
            assert.equal(view.dropped, dropped)
            assert.equal(view.last(), model.at(-1))
            assert.equal(view.at(0), model[0])
            assert.equal(view.bySeq(view.firstSeq), model[0])
          }
        },
      ),
    )
  })

  it('never gives a sequence number to two entries, so rows keep their keys', () => {
    const ring = createRing<string>(3)
    const seen = new Map<number, string>()
    for (const value of ['a', 'b', 'c', 'd']) ring.push(value)
    ring.replace(['x', 'y'])
    ring.push('z')
    ring.clear()
    ring.push('q')
    const view = ring.view()
    for (let index = 0; index < view.length; index++) {
      const seq = view.firstSeq + index
      assert.equal(seen.has(seq), false)
      seen.set(seq, view.at(index) ?? '')
    }
    assert.ok(view.firstSeq >= 7)
  })

  it('keeps a view as it was while its entries are kept', () => {
    const ring = createRing<number>(3)
    ring.push(1)
    ring.push(2)
    const view = ring.view()
    ring.push(3)
    assert.deepEqual([...view], [1, 2])
    assert.equal(view.last(), 2)
  })

  it('reads an overwritten entry of an old view as undefined, never as a newer one', () => {
    const ring = createRing<number>(2)
    ring.push(1)
    ring.push(2)
    const view = ring.view()
    ring.push(3)
    assert.equal(view.at(0), undefined)
    assert.equal(view.at(1), 2)
    ring.clear()
    ring.push(9)
    assert.equal(view.at(1), undefined)
  })

  it('gives the same view until something changes', () => {
    const ring = createRing<number>(2)
    assert.equal(ring.view(), ring.view())
    const before = ring.view()
    ring.push(1)
    assert.notEqual(ring.view(), before)
  })

  it('tells of every entry that the bound pushes out', () => {
    const gone: number[] = []
    const ring = createRing<number>(2, (entry) => gone.push(entry))
    for (const value of [1, 2, 3, 4]) ring.push(value)
    assert.deepEqual(gone, [1, 2])
  })

  it('pushes a million entries through a bound of 20,000 in well under a second', () => {
    const ring = createRing<number>(20_000)
    const { tookMs } = timed(() => {
      for (let value = 0; value < 1_000_000; value++) ring.push(value)
    })
    assert.ok(tookMs < 1_000)
    assert.equal(ring.view().length, 20_000)
    assert.equal(ring.view().dropped, 980_000)
  })

  it('has an empty view for what nobody has written to', () => {
    assert.equal(emptyView<string>().length, 0)
    assert.equal(emptyView<string>().at(0), undefined)
  })
})
