/** Reads a pattern as PCRE2 10.42 does, the one of Debian 12, into a tree. */
import { deferForeignCase, readClass } from '#lib/text/pattern/classes.ts'
import { type Count, readCount } from '#lib/text/pattern/counts.ts'
import { groupOf, readEscape } from '#lib/text/pattern/escapes.ts'
import { codeOf, type Flags, isDigit, Reader } from '#lib/text/pattern/reader.ts'
import { invalid, type Refusal, unsupported } from '#lib/text/pattern/refusal.ts'
import { bothCases, complement, NEWLINE, type UnitSet } from '#lib/text/pattern/sets.ts'
import {
  choice,
  empty,
  group,
  isSingle,
  look,
  type Node,
  placeNode,
  possessive,
  repeat,
  sequence,
  setNode,
} from '#lib/text/pattern/tree.ts'
import type { Units } from '#lib/text/pattern/units.ts'

export interface ParsedPattern {
  readonly root: Node
  /** Groups that capture, the whole match not counted. */
  readonly groups: number
  /** Named groups and their numbers. */
  readonly names: ReadonlyMap<string, number>
  /** States of its program at most, with those of what it looks at. */
  readonly states: number
}

/** PCRE2's own bound, which also bounds how deep we call ourselves. */
const DEEPEST = 250

/**
 * @throws Refusal `invalid` where PCRE2 refuses the pattern, `unsupported` where we do.
 */
export function parsePattern(
  { values }: Units,
  { at, utf8, caseless }: StartOptions & { readonly caseless: boolean },
): ParsedPattern {
  const flags: Flags = {
    caseless,
    dotAll: false,
    multiline: false,
    extended: 'no',
    ungreedy: false,
    plainGroups: false,
  }
  const text = Array.from(values, (unit) => String.fromCodePoint(unit))
  const reader = new Reader(text, { at, utf8, flags })
  const root = readAlternatives(reader)
  if (!reader.ended) throw invalid('unmatched closing parenthesis', reader.at)
  reader.checkReferences()
  if (reader.deferred) throw reader.deferred
  return { root, groups: reader.groups, names: reader.names, states: root.states + 1 + reader.lookedAt }
}

export interface StartOptions {
  /** Where the pattern itself begins. */
  readonly at: number
  readonly utf8: boolean
}

/** `(*UTF8)` and others that tune the search, which come before all else. */
export function readStartOptions(source: string): StartOptions {
  let at = 0
  let utf8 = false
  const option =
    /\(\*(UTF8?|NO_JIT|NO_START_OPT|NO_AUTO_POSSESS|NO_DOTSTAR_ANCHOR|LF|LIMIT_\w{1,20}=\d{1,10})\)/y
  for (let match = option.exec(source); match; match = option.exec(source)) {
    if (match[1]?.startsWith('UTF')) utf8 = true
    at = option.lastIndex
  }
  return { at, utf8 }
}

/** Alternatives up to the end or the closing parenthesis, which is left to the caller. */
function readAlternatives(reader: Reader): Node {
  const alternatives = [readSequence(reader)]
  while (reader.eat('|')) alternatives.push(readSequence(reader))
  return choice(alternatives)
}

interface Atom {
  readonly node: Node
  readonly repeatable: boolean
}

const once = (node: Node): Atom => ({ node, repeatable: false })
const repeatable = (node: Node): Atom => ({ node, repeatable: true })

function readSequence(reader: Reader): Node {
  const nodes: Node[] = []
  let before: Atom = once(empty)
  for (;;) {
    skipIgnored(reader)
    if (reader.ended || (!reader.quoted && (reader.peek() === '|' || reader.peek() === ')'))) break
    const count = reader.quoted ? undefined : readCount(reader)
    if (count) {
      if (!before.repeatable) {
        throw invalid('quantifier does not follow a repeatable item', reader.at - 1)
      }
      nodes[nodes.length - 1] = readRepeat(reader, before.node, count)
      before = once(empty)
    } else {
      before = readAtom(reader)
      nodes.push(before.node)
    }
  }
  return sequence(nodes)
}

/** Over comments, the marks of quotations, and blanks where they count for nothing. */
function skipIgnored(reader: Reader): void {
  for (;;) {
    if (reader.eat('\\E')) reader.quoted = false
    else if (reader.quoted) return
    else if (reader.eat('\\Q')) reader.quoted = true
    else if (reader.eat('(?#')) {
      reader.while((character) => character !== ')')
      if (!reader.eat(')')) throw invalid('missing ) after (?# comment', reader.at)
    } else if (reader.flags.extended === 'no' || !skipBlank(reader)) return
  }
}

/** A blank of `(?x)`, or a comment up to the end of its line. */
function skipBlank(reader: Reader): boolean {
  if (/^[\t-\r ]$/.test(reader.peek())) reader.next()
  else if (reader.eat('#')) reader.while((character) => character !== '\n')
  else return false
  return true
}

/** What follows a count decides which matches come first. */
function readRepeat(reader: Reader, of: Node, { min, max }: Count): Node {
  skipIgnored(reader)
  const at = reader.at
  const isPossessive = !reader.quoted && reader.eat('+')
  if (isPossessive) {
    if (of.kind === 'set' && max > 0) return possessive(of, min, max)
    if (!(isSingle(of) && min === max)) reader.defer('a possessive repetition', at)
  }
  const lazy = !isPossessive && (!reader.quoted && reader.eat('?')) !== reader.flags.ungreedy
  // An assertion that holds, holds again.
  if (of.kind === 'look' && max > 0) return min > 0 ? of : repeat(of, { min: 0, max: 1, lazy })
  return repeat(of, { min, max, lazy })
}

function readAtom(reader: Reader): Atom {
  const at = reader.at
  if (!reader.quoted) {
    if (reader.eat('[[:<:]]') || reader.eat('[[:>:]]')) {
      reader.defer('[[:<:]] and [[:>:]]', at)
      return repeatable(empty)
    }
    switch (reader.peek()) {
      case '\\':
        reader.next()
        return readEscaped(reader)
      case '[':
        reader.next()
        return repeatable(setNode(readClass(reader)))
      case '.':
        reader.next()
        return repeatable(setNode(reader.flags.dotAll ? [0, reader.highest] : notNewline(reader)))
      case '^':
        reader.next()
        return once(placeNode(reader.flags.multiline ? 'line-start' : 'start'))
      case '$':
        reader.next()
        return once(placeNode(reader.flags.multiline ? 'line-end' : 'end-or-last-newline'))
      case '(':
        reader.next()
        return readGroup(reader)
    }
  }
  return repeatable(literal(reader, codeOf(reader.next())))
}

const notNewline = (reader: Reader): UnitSet => complement([NEWLINE, NEWLINE], reader.highest)

/** Most of a pattern is plain bytes: one node for each of them. */
const literals = new Map<string, Node>()

function literal(reader: Reader, code: number): Node {
  deferForeignCase(reader, { code })
  const { utf8, flags } = reader
  const key = `${code} ${flags.caseless} ${utf8}`
  const known = literals.get(key)
  if (known) return known
  const node = setNode(flags.caseless ? bothCases([code, code], utf8) : [code, code])
  if (code < 256) literals.set(key, node)
  return node
}

function readEscaped(reader: Reader): Atom {
  const read = readEscape(reader, false)
  if (read.kind === 'unit') return repeatable(literal(reader, read.code))
  return read.kind === 'set' ? repeatable(setNode(read.set)) : read
}

/** Reads what a parenthesis begins; it has been read. */
function readGroup(reader: Reader): Atom {
  const start = reader.at - 1
  if (reader.peek() === '*' && /^[^)]$/.test(reader.peek(1))) {
    if (/^[a-z:]$/i.test(reader.peek(1))) throw unsupported('a verb', start)
    throw invalid('(*VERB) not recognized or malformed', reader.at + 1)
  }
  if (!reader.eat('?')) {
    return repeatable(reader.flags.plainGroups ? readInner(reader) : readCapture(reader))
  }
  if (reader.ended) throw missingParenthesis(reader)
  for (const [word, read] of GROUPS) if (reader.eat(word)) return read(reader, start)
  const first = reader.peek()
  if (isDigit(first) || first === '+' || (first === '-' && isDigit(reader.peek(1)))) {
    return readRecursion(reader, start)
  }
  return readFlags(reader)
}

type ReadGroup = (reader: Reader, start: number) => Atom

const named =
  (closing: string): ReadGroup =>
  (reader) => {
    const name = reader.name(closing)
    if (reader.names.has(name)) {
      throw invalid('two named subpatterns have the same name (PCRE2_DUPNAMES not set)', reader.at)
    }
    reader.names.set(name, reader.groups + 1)
    return repeatable(readCapture(reader))
  }

const looking =
  (ahead: boolean, negative: boolean): ReadGroup =>
  (reader, start) => {
    const keepsBefore = reader.keeps
    const of = readInner(reader)
    if (reader.keeps > keepsBefore) reader.defer('\\K inside a lookaround', start)
    if (of.captures > 0 && !negative) reader.defer('a capture inside a lookaround', start)
    if (!ahead && !(of.kind === 'choice' ? of.of : [of]).every(({ least, most }) => least === most)) {
      reader.defer('a lookbehind of variable length', start)
    }
    reader.lookedAt += of.states + 1
    return repeatable(look(ahead, negative, of))
  }

const atomic: ReadGroup = (reader, start) => {
  const of = readInner(reader)
  if (of.kind === 'repeat' && of.of.kind === 'set' && !of.lazy) {
    return repeatable(possessive(of.of, of.min, of.max))
  }
  if (!isSingle(of)) reader.defer('an atomic group', start)
  return repeatable(of)
}

/** One of a kind that is not even read, so that what follows it isn't either. */
const never =
  (what: string): ReadGroup =>
  (_, start) => {
    throw unsupported(what, start)
  }

const calling =
  (closing: string, what: string): ReadGroup =>
  (reader) => {
    const at = reader.at
    reader.refer(reader.name(closing), at, what)
    return repeatable(empty)
  }

/** What may follow `(?`, longer words first. */
const GROUPS: readonly (readonly [string, ReadGroup])[] = [
  [':', (reader) => repeatable(readInner(reader))],
  ['=', looking(true, false)],
  ['!', looking(true, true)],
  ['<=', looking(false, false)],
  ['<!', looking(false, true)],
  ['<*', never('a non-atomic lookaround')],
  ['*', never('a non-atomic lookaround')],
  ['<', named('>')],
  ["'", named("'")],
  ['P<', named('>')],
  ['P=', calling(')', 'a backreference')],
  ['P>', calling(')', 'a recursion')],
  ['&', calling(')', 'a recursion')],
  [
    'P',
    (reader) => {
      throw reader.ended ? missingParenthesis(reader) : invalid('unrecognized character after (?P', reader.at)
    },
  ],
  [
    'R',
    (reader, start) => {
      if (reader.eat(')')) reader.defer('a recursion', start)
      else {
        throw invalid('(?R (recursive pattern call) must be followed by a closing parenthesis', reader.at)
      }
      return repeatable(empty)
    },
  ],
  ['>', atomic],
  ['|', never('a branch reset')],
  ['(', never('a condition')],
  ['C', never('a callout')],
]

/** `(?1)` `(?-1)` `(?+1)` */
function readRecursion(reader: Reader, start: number): Atom {
  const sign = isDigit(reader.peek()) ? '' : reader.next()
  if (!isDigit(reader.peek())) throw invalid('digit expected after (?+ or (?-', reader.at - 1)
  const number = Number(reader.while(isDigit))
  if (sign !== '' && number === 0) throw invalid('a relative value of zero is not allowed', reader.at)
  if (!reader.eat(')')) throw invalid('missing closing parenthesis', reader.at)
  reader.refer(groupOf(reader, sign, number), reader.at - 1, 'a recursion')
  reader.defer('a recursion', start)
  return repeatable(empty)
}

function readCapture(reader: Reader): Node {
  reader.groups += 1
  const index = reader.groups
  return group(index, readInner(reader))
}

const missingParenthesis = (reader: Reader): Refusal => invalid('missing closing parenthesis', reader.at)

/** What is in a group, up to its closing parenthesis. What is switched on in it ends with it. */
function readInner(reader: Reader, flags: Flags = reader.flags): Node {
  if (reader.depth >= DEEPEST) throw invalid('parentheses are too deeply nested', reader.at)
  const outside = reader.flags
  reader.depth += 1
  reader.flags = flags
  const inner = readAlternatives(reader)
  if (!reader.eat(')')) throw missingParenthesis(reader)
  reader.flags = outside
  reader.depth -= 1
  return inner
}

/** `(?i)` for the rest of the group around it, `(?i:…)` for what is in it. */
function readFlags(reader: Reader): Atom {
  const start = reader.at
  let flags = reader.flags
  const fromNone = reader.eat('^')
  if (fromNone) {
    flags = { ...flags, caseless: false, dotAll: false, multiline: false, extended: 'no', plainGroups: false }
  }
  let on = true
  for (;;) {
    if (reader.ended) throw missingParenthesis(reader)
    if (reader.eat(')')) {
      reader.flags = flags
      return once(empty)
    }
    if (reader.eat(':')) return repeatable(readInner(reader, flags))
    if (reader.peek() === '-') {
      if (fromNone || !on) throw invalid('invalid hyphen in option setting', reader.at)
      on = false
      reader.next()
    } else flags = { ...flags, ...readFlag(reader, on, start) }
  }
}

function readFlag(reader: Reader, on: boolean, start: number): Partial<Flags> {
  if (reader.eat('i')) return { caseless: on }
  if (reader.eat('m')) return { multiline: on }
  if (reader.eat('s')) return { dotAll: on }
  if (reader.eat('n')) return { plainGroups: on }
  if (reader.eat('U')) return { ungreedy: on }
  if (reader.eat('xx')) return { extended: on ? 'xx' : 'no' }
  if (reader.eat('x')) return { extended: on ? 'x' : 'no' }
  if (reader.eat('J')) throw unsupported('two groups of one name', start)
  throw invalid('unrecognized character after (? or (?-', reader.at)
}
