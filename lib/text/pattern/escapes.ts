/** What a backslash begins. */
import { isCount } from '#lib/text/pattern/counts.ts'
import {
  codeOf,
  isDigit,
  isHex,
  isLetter,
  isOctal,
  isWordPart,
  type Reader,
} from '#lib/text/pattern/reader.ts'
import { invalid } from '#lib/text/pattern/refusal.ts'
import { complement, lineEnds, NEWLINE, shorthand, type UnitSet } from '#lib/text/pattern/sets.ts'
import { empty, keep, lineEnd, type Node, type Place, placeNode } from '#lib/text/pattern/tree.ts'

export type Escape =
  | { readonly kind: 'unit'; readonly code: number }
  | { readonly kind: 'set'; readonly set: UnitSet }
  | { readonly kind: 'node'; readonly node: Node; readonly repeatable: boolean }

const unit = (code: number): Escape => ({ kind: 'unit', code })
const set = (of: UnitSet): Escape => ({ kind: 'set', set: of })
const node = (of: Node): Escape => ({ kind: 'node', node: of, repeatable: true })

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 }

const PLACES: Readonly<Record<string, Place>> = {
  A: 'start',
  // Where the search began, which is always the start.
  G: 'start',
  z: 'end',
  Z: 'end-or-last-newline',
  b: 'boundary',
  B: 'inside',
}

/** Reads an escape; the backslash has been read. `\Q` and `\E` are the caller's. */
export function readEscape(reader: Reader, inClass: boolean): Escape {
  if (reader.ended) throw invalid('\\ at end of pattern', reader.at)
  const at = reader.at
  const letter = reader.next()
  if (isDigit(letter)) return readDigits(reader, letter, inClass)
  if (!isLetter(letter)) return unit(codeOf(letter))
  const control = CONTROLS[letter]
  if (control !== undefined) return unit(control)
  if (letter === 'c') return unit(readControl(reader))
  if (letter === 'x') return unit(readHex(reader))
  if (letter === 'o') {
    if (!reader.eat('{')) throw invalid('missing opening brace after \\o', at)
    return unit(readBraced(reader, 8))
  }
  if (letter === 'N' && reader.peek() === '{' && !isCount(reader)) return unit(readNamed(reader))
  if (letter === 'p' || letter === 'P') return readProperty(reader, at)
  const known = shorthand(letter.toLowerCase(), reader.utf8)
  if (known) return set(letter === letter.toLowerCase() ? known : complement(known, reader.highest))
  if ('FLlUu'.includes(letter)) {
    throw invalid('PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u', reader.at)
  }
  return inClass ? inClassOnly(reader, letter, at) : outsideOnly(reader, letter, at)
}

function inClassOnly(reader: Reader, letter: string, at: number): Escape {
  if (letter === 'b') return unit(8)
  if (letter === 'g') return unit(codeOf(letter))
  if (letter === 'N') throw invalid('\\N is not supported in a class', reader.at)
  if (letter in PLACES || 'CKRXk'.includes(letter)) {
    throw invalid('escape sequence is invalid in character class', at)
  }
  throw invalid('unrecognized character follows \\', at)
}

function outsideOnly(reader: Reader, letter: string, at: number): Escape {
  const place = PLACES[letter]
  if (place) return { kind: 'node', node: placeNode(place), repeatable: false }
  switch (letter) {
    case 'K':
      reader.keeps += 1
      return { kind: 'node', node: keep, repeatable: false }
    case 'N':
      return set(complement([NEWLINE, NEWLINE], reader.highest))
    case 'R':
      return node(lineEnd(lineEnds(reader.utf8)))
    case 'C':
      if (reader.utf8) reader.defer('a single byte of UTF-8', at)
      return set([0, reader.highest])
    case 'X':
      reader.defer('a whole grapheme', at)
      return node(empty)
    case 'k':
      return readNamedReference(reader)
    case 'g':
      return readReference(reader)
  }
  throw invalid('unrecognized character follows \\', at)
}

const BACKREFERENCE = 'a backreference'

/** `\1` to `\9` refer to a group, as do larger numbers that are not beyond the groups so far; the rest is octal. */
function readDigits(reader: Reader, first: string, inClass: boolean): Escape {
  if (!inClass && first !== '0') {
    const start = reader.at
    const number = Number(first + reader.while(isDigit))
    if (number < 10 || first >= '8' || number <= reader.groups) {
      reader.refer(number, reader.at - 1, BACKREFERENCE)
      return node(empty)
    }
    reader.at = start
  }
  if (!isOctal(first)) return unit(codeOf(first))
  const code = Number.parseInt(first + reader.while(isOctal, 2), 8)
  if (code > 0xff && !reader.utf8) {
    throw invalid('octal value is greater than \\377 in 8-bit non-UTF-8 mode', reader.at)
  }
  return unit(code)
}

function readControl(reader: Reader): number {
  if (reader.ended) throw invalid('\\c at end of pattern', reader.at)
  const code = codeOf(reader.peek())
  if (code < 32 || code > 126) {
    throw invalid('\\c must be followed by a printable ASCII character', reader.at)
  }
  return codeOf(reader.next().toUpperCase()) ^ 64
}

function readHex(reader: Reader): number {
  if (reader.eat('{')) return readBraced(reader, 16)
  return Number.parseInt(`0${reader.while(isHex, 2)}`, 16)
}

/** The digits and the brace that closes them. */
function readBraced(reader: Reader, base: 8 | 16): number {
  if (reader.ended || reader.peek() === '}') {
    throw invalid('digits missing in \\x{} or \\o{} or \\N{U+}', reader.at)
  }
  const isBlank = (character: string) => character === ' ' || character === '\t'
  if (isBlank(reader.peek()))
    reader.defer('blanks in \\x{} or \\o{}, which PCRE2 takes since 10.43', reader.at)
  reader.while(isBlank)
  const code = Number.parseInt(reader.while(base === 16 ? isHex : isOctal), base)
  if (code > reader.highest) {
    throw invalid('character code point value in \\x{} or \\o{} is too large', reader.at)
  }
  reader.while(isBlank)
  if (!reader.eat('}')) {
    const says = base === 16 ? 'non-hex character in \\x{}' : 'non-octal character in \\o{}'
    throw invalid(`${says} (closing brace missing?)`, Math.min(reader.at, reader.text.length - 1))
  }
  if (reader.utf8 && code >= 0xd800 && code <= 0xdfff) {
    throw invalid('disallowed Unicode code point (>= 0xd800 && <= 0xdfff)', reader.at - 1)
  }
  return code
}

/** `\N{U+41}`; other names are Perl's. */
function readNamed(reader: Reader): number {
  const at = reader.at
  if (!reader.eat('{U+')) {
    throw invalid('PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u', at)
  }
  if (!reader.utf8) throw invalid('\\N{U+dddd} is supported only in Unicode (UTF) mode', at)
  return readBraced(reader, 16)
}

function readProperty(reader: Reader, at: number): Escape {
  reader.defer('Unicode properties', at)
  if (reader.eat('{')) {
    reader.while((character) => character !== '}')
    if (!reader.eat('}')) throw invalid('malformed \\P or \\p sequence', reader.at)
  } else if (reader.ended) throw invalid('malformed \\P or \\p sequence', reader.at)
  else reader.next()
  return set([0, reader.highest])
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '<': '>', "'": "'" }

/** `\k<name>`. */
function readNamedReference(reader: Reader): Escape {
  const closing = CLOSING[reader.peek()]
  if (closing === undefined) {
    throw invalid('\\k is not followed by a braced, angle-bracketed, or quoted name', reader.at)
  }
  reader.next()
  const at = reader.at
  reader.refer(reader.name(closing), at, BACKREFERENCE)
  return node(empty)
}

/** `\g1 \g{1} \g{-1} \g{name}` refer back; `\g<…>` and `\g'…'` run a group once more. */
function readReference(reader: Reader): Escape {
  const opening = reader.peek()
  const closing = CLOSING[opening]
  const says = opening === '<' || opening === "'" ? 'a recursion' : BACKREFERENCE
  if (closing !== undefined) reader.next()
  const at = reader.at
  const sign = /^[+-]$/.test(reader.peek()) ? reader.next() : ''
  const digits = reader.while(isDigit)
  if (digits !== '') {
    if (closing !== undefined && !reader.eat(closing)) {
      throw invalid(
        '\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number',
        reader.at,
      )
    }
    reader.refer(groupOf(reader, sign, Number(digits)), reader.at - 1, says)
  } else if (closing !== undefined && sign === '' && isWordPart(reader.peek())) {
    reader.refer(reader.name(closing), at, says)
  } else {
    throw invalid(
      '\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number',
      at,
    )
  }
  return node(empty)
}

/** The number of a group that is counted from here. One that can't be is beyond all there are. */
export function groupOf(reader: Reader, sign: string, number: number): number {
  if (sign === '') return number
  const absolute = sign === '-' ? reader.groups + 1 - number : reader.groups + number
  return absolute > 0 && number > 0 ? absolute : Infinity
}
