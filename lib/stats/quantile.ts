/**
 * Quantiles over the last N values, for round trips that arrive one by one.
 *
 * Nearest rank: the answer is always a value that was really measured, never one in between.
 */
export interface SlidingQuantiles {
  add(value: number): void
  /** The smallest kept value that at least the share `q` (0 to 1) of them does not exceed; null when empty. */
  quantile(q: number): number | null
  max(): number | null
  /** How many values are kept, at most the window. */
  readonly size: number
  clear(): void
}

export function createSlidingQuantiles(window: number): SlidingQuantiles {
  if (!Number.isInteger(window) || window < 1) throw new RangeError(`quantile window ${window}`)
  const arrived: number[] = []
  const sorted: number[] = []
  let oldest = 0

  return {
    add(value) {
      if (arrived.length < window) {
        arrived.push(value)
      } else {
        const leaving = arrived[oldest]
        arrived[oldest] = value
        oldest = (oldest + 1) % window
        if (leaving !== undefined) sorted.splice(firstNotBelow(sorted, leaving), 1)
      }
      sorted.splice(firstNotBelow(sorted, value), 0, value)
    },
    quantile(q) {
      const rank = Math.ceil(Math.min(Math.max(q, 0), 1) * sorted.length)
      return sorted[Math.max(rank - 1, 0)] ?? null
    },
    max: () => sorted.at(-1) ?? null,
    get size() {
      return sorted.length
    },
    clear() {
      arrived.length = 0
      sorted.length = 0
      oldest = 0
    },
  }
}

/** The first index whose value is at least this one, in an ascending list. */
function firstNotBelow(ascending: readonly number[], value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] ?? Number.POSITIVE_INFINITY) < value) low = middle + 1
    else high = middle
  }
  return low
}
