/** Splits an access line into its fields: bare words, "quoted", [bracketed], and `key=value` of any of them. */

export type Token = { key?: string; value: string; quoted: boolean; bracketed?: boolean }

const MOST_TOKENS = 80
const SPACE = 32
const QUOTE = 34
const BACKSLASH = 92
const OPEN = 91
const EQUALS = 61

/** One pass, no backtracking. Undefined when a quote or bracket stays open: the line was cut. */
export function tokens(line: string): Token[] | undefined {
  const found: Token[] = []
  let at = 0
  while (at < line.length && found.length < MOST_TOKENS) {
    if (line.charCodeAt(at) === SPACE) {
      at++
      continue
    }
    const start = line.charCodeAt(at)
    if (start === QUOTE || start === OPEN) {
      const end = closing(line, at)
      if (end === -1) return undefined
      found.push({ value: line.slice(at + 1, end), quoted: true, ...(start === OPEN && { bracketed: true }) })
      at = end + 1
      continue
    }
    let end = at
    let equals = -1
    while (end < line.length) {
      const code = line.charCodeAt(end)
      if (code === SPACE) break
      if (code === EQUALS && equals === -1) {
        equals = end
        if (line.charCodeAt(end + 1) === QUOTE) break
      }
      end++
    }
    if (equals === -1 || equals === at) {
      found.push({ value: line.slice(at, end), quoted: false })
      at = end
      continue
    }
    const key = line.slice(at, equals)
    if (line.charCodeAt(equals + 1) === QUOTE) {
      const close = closing(line, equals + 1)
      if (close === -1) return undefined
      found.push({ key, value: line.slice(equals + 2, close), quoted: true })
      at = close + 1
    } else {
      found.push({ key, value: line.slice(equals + 1, end), quoted: false })
      at = end
    }
  }
  return found
}

/** Index of the quote or bracket that ends what begins at `from`. nginx writes a quote as \x22, Apache as \". */
function closing(line: string, from: number): number {
  if (line.charCodeAt(from) === OPEN) return line.indexOf(']', from)
  for (let at = from + 1; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === BACKSLASH) at++
    else if (code === QUOTE) return at
  }
  return -1
}
