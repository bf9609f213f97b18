/** Chance that is the same on every run. */

export type Random = {
  readonly below: (count: number) => number
  readonly pick: <T>(from: readonly T[]) => T
}

/** Mulberry32: a short cycle would try the same things again and again. */
export function diceOf(seed: number): Random {
  let state = seed
  const below = (count: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count)
  }
  const pick = <T>(from: readonly T[]): T => {
    const [picked = from[0]] = from.slice(below(from.length))
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }
  return { below, pick }
}
