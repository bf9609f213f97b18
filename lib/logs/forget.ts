/**
 * Keeps a growing list within its bound by letting go of its older half at once, so that a log that is followed
 * for days stays cheap and the newest lines count. Gives what was let go; usually nothing.
 */
export function forgetOldest<T>(list: T[], bound: number): T[] {
  return list.length <= bound ? [] : list.splice(0, Math.ceil(bound / 2))
}
