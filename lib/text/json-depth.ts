const QUOTE = 0x22
const BACKSLASH = 0x5c
const BRACKET = 0x5b
const BRACE = 0x7b

/**
 * Whether JSON is nested deeper than so many levels, without taking it apart: brackets outside of strings, opened and
 * not closed. Of text that is no JSON the answer means nothing.
 */
export function isDeeperThan(text: string, levels: number): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) isInString = !isInString
    else if (isInString) {
      if (code === BACKSLASH) at += 1
    } else if (code === BRACKET || code === BRACE) {
      depth += 1
      if (depth > levels) return true
      // `]` and `}` stand two behind their opening.
    } else if (code === BRACKET + 2 || code === BRACE + 2) depth -= 1
  }
  return false
}
