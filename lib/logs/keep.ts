/**
 * What is kept of a log while it is read, bounded by bytes whatever its lines are like. Texts are copies: engines
 * make a part of a text as a view, and a few words of one line would hold a whole chunk of the file.
 */

/** Characters kept of one line, and of one value in it. */
export const LONGEST_KEPT = 1024
/** Of what is longer the end is kept too: that is where most formats have their times and flags. */
const END_KEPT = 256

/** A copy of its own. What is longer than `LONGEST_KEPT` has a `…` for its middle. */
export function keptText(text: string): string {
  const end = LONGEST_KEPT - END_KEPT - 1
  const short = text.length <= LONGEST_KEPT ? text : `${text.slice(0, end)}…${text.slice(-END_KEPT)}`
  // The sum is written out anew, and the slice is a view of that.
  return ` ${short}`.slice(1)
}

/** In memory: engines hold a text in one byte a character as long as it is Latin-1. */
export function bytesOf(...texts: readonly (string | undefined)[]): number {
  return texts.reduce((sum, text = '') => sum + (LATIN.test(text) ? text.length : text.length * 2), 0)
}

const LATIN = /^[\0-\xff]*$/

export type Keep<T> = {
  /** Oldest first. */
  readonly list: readonly T[]
  /** Takes one more. Beyond a bound the older half goes at once, so that a log that is followed for days stays cheap; that is given. */
  add: (item: T, bytes: number) => T[]
  /** Whether one more makes the older half go. */
  isFull: () => boolean
  /** Those for which it is false go. */
  filter: (isLeft: (item: T) => boolean) => void
}

export function createKeep<T>(most: number, mostBytes: number): Keep<T> {
  const list: T[] = []
  const sizes: number[] = []
  let total = 0
  return {
    list,
    add(item, bytes) {
      list.push(item)
      sizes.push(bytes)
      total += bytes
      if (list.length <= most && total <= mostBytes) return []
      const half = Math.ceil(Math.min(most, list.length) / 2)
      for (const size of sizes.splice(0, half)) total -= size
      return list.splice(0, half)
    },
    isFull: () => list.length >= most || total >= mostBytes,
    filter(isLeft) {
      let to = 0
      for (const [at, item] of list.entries()) {
        if (!isLeft(item)) {
          total -= sizes[at] ?? 0
          continue
        }
        list[to] = item
        sizes[to++] = sizes[at] ?? 0
      }
      list.length = to
      sizes.length = to
    },
  }
}
