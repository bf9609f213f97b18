import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Neighbours } from '#lib/logs/neighbours.ts'

test('what is free is found in order of distance on each side, and never what was taken', () => {
  const steps = fc.array(
    fc.tuple(fc.integer({ min: -5, max: 25 }), fc.nat(6), fc.integer({ min: 1, max: 3 })),
  )
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 30 }), steps, (values, asked) => {
      const items = values.map((value, at) => ({ value, at }))
      const taken = new Set<(typeof items)[number]>()
      const neighbours = new Neighbours(
        items,
        ({ value }) => value,
        (item) => taken.has(item),
      )
      const sorted = items.toSorted((one, other) => one.value - other.value)
      for (const [value, within, most] of asked) {
        const near = sorted.filter((item) => Math.abs(item.value - value) <= within)
        const free = near.filter((item) => !taken.has(item))
        const expected = [
          ...free.filter((item) => item.value >= value).slice(0, most),
          ...free
            .filter((item) => item.value < value)
            .toReversed()
            .slice(0, most),
        ]
        const found = neighbours.free(value, within, most)
        assert.deepEqual(found, expected)
        const least = Math.min(...near.map((item) => Math.abs(item.value - value)))
        const nearest = neighbours.nearest(value, within)
        assert.equal(nearest && Math.abs(nearest.value - value), near.length > 0 ? least : undefined)
        if (found[0]) taken.add(found[0])
      }
    }),
  )
})
