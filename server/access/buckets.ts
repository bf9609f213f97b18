/** Token buckets, one for each key: so many at once, and so many a second after that. */

export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

export interface Buckets {
  /** Takes so many from the key's bucket. Returns 0, or in how many milliseconds they would be there; then none is taken. */
  take(key: string, count?: number): number
  /** The same without taking any. */
  waitFor(key: string, count?: number): number
}

/** Keys remembered; the one that was quiet longest goes first. */
const MOST_KEYS = 10_000

/** @param now monotonic, in milliseconds */
export function createBuckets(rate: Rate, now: () => number = () => performance.now()): Buckets {
  const buckets = new Map<string, { readonly left: number; readonly atMs: number }>()

  const leftIn = (key: string, atMs: number): number => {
    const known = buckets.get(key)
    return known
      ? Math.min(rate.burst, known.left + ((atMs - known.atMs) / 1000) * rate.perSecond)
      : rate.burst
  }
  const waitMs = (left: number, count: number) =>
    left >= count ? 0 : Math.max(1, Math.ceil(((count - left) / rate.perSecond) * 1000))

  return {
    take: (key, count = 1) => {
      const atMs = now()
      const left = leftIn(key, atMs)
      const wait = waitMs(left, count)
      // Inserted again, the map is in the order of last use.
      buckets.delete(key)
      buckets.set(key, { left: wait === 0 ? left - count : left, atMs })
      if (buckets.size > MOST_KEYS) {
        const [quietest = ''] = buckets.keys()
        buckets.delete(quietest)
      }
      return wait
    },
    waitFor: (key, count = 1) => waitMs(leftIn(key, now()), count),
  }
}

/** For `Retry-After`: whole seconds, at least one. */
export const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000))
