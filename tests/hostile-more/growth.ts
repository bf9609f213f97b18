/** What work costs as its input grows, in the thread's own time: other programs on a busy machine add nothing to it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TextReader } from '#tests/hostile-more/readers.ts'

/** What is measured at 1×: below it the processor's ticks say nothing. */
const LEAST_MS = 20
/** Eight times the input may cost so many times as much; what is linear has eight, and n log n a little more. */
const MOST_GROWTH = 16
const TIMES = 8
const TRIALS = 5
const SHORTEST = 1024

/** One test for each: whatever the shape of its text, it takes time in proportion to the length. */
export function testTextReaders(readers: Readonly<Record<string, TextReader>>): void {
  for (const [name, { read, shapes, shortest, longest }] of Object.entries(readers)) {
    test(`${name}: time grows as the text does`, () => {
      const slow = Object.entries(shapes).flatMap(([shape, make]) => {
        const grown = growthOf(
          (size) => {
            const text = make(size)
            return () => read(text)
          },
          { shortest, longest },
        )
        return grown === undefined ? [] : [`${shape}: ${grown}`]
      })
      assert.deepEqual(slow, [])
    })
  }
}

/** In things of a kind: an eighth of what 8 MiB have of them. */
const MOST_THINGS = 16_384

export function testDocumentReader(
  name: string,
  read: (document: unknown) => () => unknown,
  shapes: Readonly<Record<string, (count: number) => unknown>>,
): void {
  test(`${name}: time grows as the document does`, () => {
    const slow = Object.entries(shapes).flatMap(([shape, make]) => {
      const grown = growthOf((size) => read(make(size)), { longest: MOST_THINGS })
      return grown === undefined ? [] : [`${shape}: ${grown}`]
    })
    assert.deepEqual(slow, [])
  })
}

/** Does work on `size` characters (or things, each as long as one): made before it is measured. */
export type Work = (size: number) => () => unknown

/**
 * What grows faster than its input, for people; undefined where nothing does.
 * @param range `longest`: beyond it no reader goes, or nobody has so much; 8× of it is the largest that is tried
 */
export function growthOf(
  work: Work,
  { shortest = SHORTEST, longest }: { shortest?: number | undefined; longest: number },
): string | undefined {
  let size = shortest
  let base = best(work(size))
  while (base < LEAST_MS && size < longest) {
    size = Math.min(longest, size * 2)
    base = best(work(size))
  }
  const most = Math.max(base, LEAST_MS) * MOST_GROWTH
  const large = work(size * TIMES)
  let least = Infinity
  for (let trial = 0; trial < TRIALS && least > most; trial += 1) least = Math.min(least, spent(large))
  return least > most
    ? `${base.toFixed(1)} ms for ${size}, ${least.toFixed(0)} ms for ${TIMES} times as much`
    : undefined
}

function best(run: () => unknown): number {
  let least = Infinity
  for (let trial = 0; trial < TRIALS; trial += 1) least = Math.min(least, spent(run))
  return least
}

function spent(run: () => unknown): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
