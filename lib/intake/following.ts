/**
 * A message of a log over several lines: the first has a time beside it, those below go on with it. Where the first was
 * understood, the rest of it belongs to it.
 */

/** Indented, or in the middle of a sentence: a list, a quotation, words that begin small. */
const GOES_ON = /^(?:\s{1,40}\S|[a-z"'`“‘([{<|+*•–-]|\d{1,2}[.)] )/

export type Following = {
  /** A line came. @param isStamped with a time of its own */
  passed: (isStamped: boolean, isUnderstood: boolean) => void
  /** A blank line ends what went before. */
  end: () => void
  /** Whether a line without a time, that says nothing by itself, is the rest of what was understood above. */
  isRest: (line: string) => boolean
}

export function createFollowing(): Following {
  let isOpen = false
  return {
    passed(isStamped, isUnderstood) {
      if (isStamped) isOpen = isUnderstood
    },
    end() {
      isOpen = false
    },
    isRest: (line) => isOpen && GOES_ON.test(line),
  }
}
