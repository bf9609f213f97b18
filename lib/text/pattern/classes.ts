/** `[…]` */
import { readEscape } from '#lib/text/pattern/escapes.ts'
import { codeOf, type Reader } from '#lib/text/pattern/reader.ts'
import { invalid } from '#lib/text/pattern/refusal.ts'
import { bothCases, complement, POSIX, setOf, type UnitSet } from '#lib/text/pattern/sets.ts'

type Item = { readonly code: number } | { readonly set: UnitSet }

const HYPHEN = codeOf('-')

/** Reads a class; its opening bracket has been read. */
export function readClass(reader: Reader): UnitSet {
  refusePosixOutside(reader)
  while (reader.eat('\\E'));
  const negated = reader.eat('^')
  const pairs: number[] = []
  const sets: number[] = []
  /** What a hyphen would follow: it makes a range of a unit, must not of a set, and is itself after a range. */
  let before: Item | undefined
  for (let isFirst = true; ; isFirst = false) {
    skipToItem(reader)
    if (!isFirst && !reader.quoted && reader.eat(']')) break
    const hyphenAt = reader.at
    if (before && !reader.quoted && reader.eat('-')) {
      skipToItem(reader)
      if (!reader.quoted && reader.peek() === ']') pairs.push(HYPHEN, HYPHEN)
      else pairs.push(...readRange(reader, before, hyphenAt))
      before = undefined
      continue
    }
    before = readItem(reader)
    if ('set' in before) sets.push(...before.set)
    else pairs.push(before.code, before.code)
    deferForeignCase(reader, before)
  }
  const units = setOf(pairs)
  const set = setOf([...sets, ...(reader.flags.caseless ? bothCases(units, reader.utf8) : units)])
  return negated ? complement(set, reader.highest) : set
}

function readRange(reader: Reader, first: Item, hyphenAt: number): readonly [number, number] {
  if ('set' in first) throw invalid('invalid range in character class', hyphenAt)
  if (!reader.quoted && reader.peek() === '[' && posixEnd(reader, reader.at) !== undefined) {
    throw invalid('invalid range in character class', reader.at + 1)
  }
  const last = readItem(reader)
  if ('set' in last) throw invalid('invalid range in character class', reader.at)
  if (last.code < first.code) throw invalid('range out of order in character class', reader.at - 1)
  deferForeignCase(reader, last)
  return [first.code, last.code]
}

/** To the next item, over the marks of quotations and the blanks that count for nothing. */
function skipToItem(reader: Reader): void {
  for (;;) {
    if (reader.eat('\\E')) reader.quoted = false
    else if (reader.quoted) break
    else if (reader.eat('\\Q')) reader.quoted = true
    else if (reader.flags.extended === 'xx' && isBlank(reader.peek())) reader.next()
    else break
  }
  if (reader.ended) throw invalid('missing terminating ] for character class', reader.at)
}

const isBlank = (character: string): boolean => character === ' ' || character === '\t'

function readItem(reader: Reader): Item {
  if (!reader.quoted) {
    const end = reader.peek() === '[' ? posixEnd(reader, reader.at) : undefined
    if (end !== undefined) return { set: readPosix(reader, end) }
    if (reader.eat('\\')) {
      const read = readEscape(reader, true)
      if (read.kind === 'unit') return { code: read.code }
      return { set: read.kind === 'set' ? read.set : [] }
    }
  }
  return { code: codeOf(reader.next()) }
}

/** Where `:]` is that closes the `[:` at a place; the same for `[.` and `[=`. */
function posixEnd({ text }: Reader, start: number): number | undefined {
  const mark = text[start + 1] ?? ''
  if (mark !== ':' && mark !== '.' && mark !== '=') return undefined
  for (let at = start + 2; at + 1 < text.length; at += 1) {
    const here = text[at]
    const after = text[at + 1]
    if (here === '\\' && (after === ']' || after === '\\')) at += 1
    else if (here === ']' || (here === '[' && after === mark)) return undefined
    else if (here === mark && after === ']') return at
  }
  return undefined
}

function refusePosixOutside(reader: Reader): void {
  const start = reader.at - 1
  if (posixEnd(reader, start) === undefined) return
  throw reader.peek() === ':'
    ? invalid('POSIX named classes are supported only within a class', start)
    : invalid('POSIX collating elements are not supported', start)
}

function readPosix(reader: Reader, end: number): UnitSet {
  const start = reader.at
  reader.next()
  if (reader.next() !== ':') throw invalid('POSIX collating elements are not supported', start)
  const negated = reader.eat('^')
  const nameAt = reader.at
  let name = ''
  while (reader.at < end) name += reader.next()
  reader.at += 2
  const anyCase = reader.flags.caseless && (name === 'upper' || name === 'lower')
  const set = POSIX.get(anyCase ? 'alpha' : name)
  if (!set) throw invalid('unknown POSIX class name', nameAt)
  return negated ? complement(set, reader.highest) : set
}

/** The cases of letters beyond ASCII are a matter of Unicode's tables. */
export function deferForeignCase(reader: Reader, item: Item): void {
  if (reader.utf8 && reader.flags.caseless && 'code' in item && item.code > 127) {
    reader.defer('letters beyond ASCII in any case', reader.at - 1)
  }
}
