import assert from 'node:assert/strict'

/** Longer than anything takes on a busy machine; a condition that comes true ends the wait at once. */
const patienceMs = 30_000

/** For what no event tells: looks again every few milliseconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  while (!(await condition())) {
    assert.ok(performance.now() < giveUpAt, `waited ${patienceMs / 1000} s in vain for ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
