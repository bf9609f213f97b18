/** File name patterns of `include`, as glob(3) reads them: `*`, `?`, `[a-z]`; sorted; no hidden files. */

export const hasMagic = (pattern: string): boolean => /[*?[]/.test(pattern)

/** More than any configuration has, and few enough for a pattern that walks through a whole disk. */
const MOST_NAMES = 10_000

/** Names that match, in the order of the C locale, but not all of very many. `list` gives the names in a folder, or nothing. */
export function expandGlob(pattern: string, list: (folder: string) => readonly string[]): string[] {
  const [first = '', ...rest] = pattern.split('/')
  let found = [first]
  if (hasMagic(first)) found = list('').filter((name) => matches(first, name))
  for (const segment of rest) {
    if (!hasMagic(segment)) found = found.map((folder) => `${folder}/${segment}`)
    else {
      const below: string[] = []
      for (const folder of found) {
        if (below.length > MOST_NAMES) break
        for (const name of list(folder)) if (matches(segment, name)) below.push(`${folder}/${name}`)
      }
      found = below
    }
  }
  return found.sort((one, other) => (one < other ? -1 : 1))
}

/** In time proportional to the product of both lengths: the last star alone is ever tried again. */
function matches(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  const parts = partsOf(pattern)
  let at = 0
  let part = 0
  let star = -1
  let starAt = 0
  while (at < name.length) {
    if (parts[part] === '*') {
      star = part
      starAt = at
      part += 1
    } else if (part < parts.length && takes(parts[part] ?? '', name[at] ?? '')) {
      at += 1
      part += 1
    } else if (star >= 0) {
      starAt += 1
      at = starAt
      part = star + 1
    } else return false
  }
  while (parts[part] === '*') part += 1
  return part === parts.length
}

/** Single characters, and sets with their brackets. */
function partsOf(pattern: string): string[] {
  const parts: string[] = []
  const last = pattern.lastIndexOf(']')
  for (let at = 0; at < pattern.length; ) {
    const end = pattern[at] === '[' ? endOfSet(pattern, at, last) : at + 1
    parts.push(pattern.slice(at, end))
    at = end
  }
  return parts
}

/** A bracket that nothing closes is itself; one that closes a set at its very beginning is in it. */
function endOfSet(pattern: string, at: number, last: number): number {
  const from = at + (/^[!^]$/.test(pattern[at + 1] ?? '') ? 2 : 1)
  if (from > last) return at + 1
  return pattern.indexOf(']', pattern[from] === ']' && from < last ? from + 1 : from) + 1
}

function takes(part: string, char: string): boolean {
  if (part === '?') return true
  if (!part.startsWith('[') || part.length < 3) return part === char
  const negated = part[1] === '!' || part[1] === '^'
  const set = part.slice(negated ? 2 : 1, -1)
  let inside = false
  for (let i = 0; i < set.length; i += 1) {
    const from = set[i] ?? ''
    if (set[i + 1] === '-' && i + 2 < set.length) {
      if (from <= char && char <= (set[i + 2] ?? '')) inside = true
      i += 2
    } else if (from === char) inside = true
  }
  return inside !== negated
}
