import assert from 'node:assert/strict'
import { test } from 'node:test'
import { growthOf } from '#tests/hostile-more/growth.ts'

const spin = (steps: number) => {
  let sum = 0
  for (let step = 0; step < steps; step += 1) sum += Math.sqrt(step)
  return sum
}

test('what grows with the square of its input is told, what is linear is not', () => {
  const linear = (size: number) => () => spin(size * 1000)
  assert.equal(
    growthOf((size) => linear(size), { longest: 64 * 1024 }),
    undefined,
  )
  assert.match(
    growthOf((size) => () => spin(size * size), { longest: 64 * 1024 }) ?? '',
    /ms for 8 times as much$/,
  )
})
