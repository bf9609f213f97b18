/** JSON that somebody else wrote, taken apart on the thread that serves everybody. */

export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false }

const invalid: ParsedJson = { ok: false }

/** More than any message has (RFC 8259 §9 lets a reader set a limit). */
const DEEPEST = 1000

/** Nothing shorter is deep enough to be worth a look: a level that takes a character takes the parser 0.1 µs. */
const SHORT = 4096

/** What is nested deeper than 1,000 levels is not read: the parser would take ten times as long for it as for flat text. */
export function parseJson(text: string): ParsedJson {
  if (text.length > SHORT && isDeeperThan(text, DEEPEST)) return invalid
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return invalid
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const BRACKET = 0x5b
const BRACE = 0x7b

/** Brackets outside of strings, opened and not closed; of text that is no JSON the answer means nothing. */
function isDeeperThan(text: string, deepest: number): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) isInString = !isInString
    else if (isInString) {
      if (code === BACKSLASH) at += 1
    } else if (code === BRACKET || code === BRACE) {
      depth += 1
      if (depth > deepest) return true
      // `]` and `}` stand two behind their opening.
    } else if (code === BRACKET + 2 || code === BRACE + 2) depth -= 1
  }
  return false
}
