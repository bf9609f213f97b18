/** Sets of units: of bytes, or of code points where the pattern asks for UTF-8. */

/** Pairs of first and last unit, in order and apart from one another: `[48, 57, 97, 122]` is `[0-9a-z]`. */
export type UnitSet = readonly number[]

export const NEWLINE = 10
export const CARRIAGE_RETURN = 13

/** Puts pairs in any order, even overlapping ones, into the form of a set. */
export function setOf(pairs: readonly number[]): UnitSet {
  const ranges: [number, number][] = []
  for (let i = 0; i < pairs.length; i += 2) ranges.push([pairs[i] ?? 0, pairs[i + 1] ?? 0])
  ranges.sort(([a], [b]) => a - b)
  const merged: number[] = []
  for (const [first, last] of ranges) {
    const end = merged.at(-1)
    if (end !== undefined && first <= end + 1) merged[merged.length - 1] = Math.max(end, last)
    else merged.push(first, last)
  }
  return merged
}

export function complement(set: UnitSet, highest: number): UnitSet {
  const gaps: number[] = []
  let next = 0
  for (let i = 0; i < set.length; i += 2) {
    const first = set[i] ?? 0
    if (first > next) gaps.push(next, first - 1)
    next = (set[i + 1] ?? 0) + 1
  }
  if (next <= highest) gaps.push(next, highest)
  return gaps
}

export function has(set: UnitSet, unit: number): boolean {
  let low = 0
  let high = set.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((set[2 * middle + 1] ?? 0) < unit) low = middle + 1
    else high = middle
  }
  return 2 * low < set.length && (set[2 * low] ?? 0) <= unit
}

const CASE_GAP = 32

/**
 * The set with both cases of each of its letters. Only those of ASCII have two, as in PCRE without UTF-8; with it, two
 * signs beyond are cases of `k` and `s` (Kelvin, and the long s).
 */
export function bothCases(set: UnitSet, utf8: boolean): UnitSet {
  const more = [...set]
  const add = (from: number, to: number, distance: number) => {
    for (let i = 0; i < set.length; i += 2) {
      const first = Math.max(set[i] ?? 0, from)
      const last = Math.min(set[i + 1] ?? 0, to)
      if (first <= last) more.push(first + distance, last + distance)
    }
  }
  add(65, 90, CASE_GAP)
  add(97, 122, -CASE_GAP)
  if (utf8) {
    for (const [letter, sign] of [
      [0x6b, 0x212a],
      [0x73, 0x17f],
    ] as const) {
      if (has(set, letter) || has(set, letter - CASE_GAP)) more.push(sign, sign)
      if (has(set, sign)) more.push(letter, letter, letter - CASE_GAP, letter - CASE_GAP)
    }
  }
  return setOf(more)
}

const DIGIT = [48, 57]
const UPPER = [65, 90]
const LOWER = [97, 122]
const ALPHA = [...UPPER, ...LOWER]
const ALNUM = [...DIGIT, ...ALPHA]
/** Tab to carriage return, and the blank: with the vertical tab, since PCRE 8.34. */
const SPACE = [9, 13, 32, 32]

export const WORD: UnitSet = setOf([...ALNUM, 95, 95])

/** `[:name:]`, in the C locale that PCRE has unless it is told otherwise. */
export const POSIX: ReadonlyMap<string, UnitSet> = new Map(
  Object.entries({
    alpha: ALPHA,
    lower: LOWER,
    upper: UPPER,
    alnum: ALNUM,
    ascii: [0, 127],
    blank: [9, 9, 32, 32],
    cntrl: [0, 31, 127, 127],
    digit: DIGIT,
    graph: [33, 126],
    print: [32, 126],
    punct: [33, 47, 58, 64, 91, 96, 123, 126],
    space: SPACE,
    word: WORD,
    xdigit: [...DIGIT, 65, 70, 97, 102],
  }).map(([name, pairs]) => [name, setOf(pairs)]),
)

const HORIZONTAL = [9, 9, 32, 32, 0xa0, 0xa0]
const VERTICAL = [10, 13, 0x85, 0x85]
const UNICODE_LINES = [0x2028, 0x2029]

/** What `\R` matches alone, but for the carriage return, which a newline may follow. */
export const lineEnds = (utf8: boolean): UnitSet => [10, 12, 0x85, 0x85, ...(utf8 ? UNICODE_LINES : [])]

/** `\d \w \s \h \v` by their small letter. A capital is the complement. */
export function shorthand(letter: string, utf8: boolean): UnitSet | undefined {
  switch (letter) {
    case 'd':
      return DIGIT
    case 'w':
      return WORD
    case 's':
      return SPACE
    case 'h':
      return utf8
        ? setOf([
            ...HORIZONTAL,
            0x1680,
            0x1680,
            0x180e,
            0x180e,
            0x2000,
            0x200a,
            0x202f,
            0x202f,
            0x205f,
            0x205f,
            0x3000,
            0x3000,
          ])
        : HORIZONTAL
    case 'v':
      return utf8 ? [...VERTICAL, ...UNICODE_LINES] : VERTICAL
  }
  return undefined
}
