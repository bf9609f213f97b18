/** Texts that could make an expression slow, made of its own parts: something repeated, after a beginning, before an end that fails. */
import { type AST, parseRegExpLiteral } from '@eslint-community/regexpp'
import type { Expression } from '#tests/repo/sources/expressions/list.ts'

export interface Pump {
  readonly before: string
  readonly repeated: string
  readonly after: string
}

const OTHERS = ' \t\n\r\0aZ0-_.:/"\'\\()[]{}<>=,;!$#@%&*+?^|~`éeyJ\u00a0\u2028'
/** Ends that fail, one of them behind the end of a line. */
const AFTER = ['\0', '\n!']
/** More of one kind find nothing that these don't. */
const MOST_WORDS = 8
const MOST_KINDS = 10
const MOST_PLACES = 8
/** Repetitions that can be long. */
const LONG = 12

export function pumpsOf({ source, flags }: Expression): Pump[] {
  const { pattern } = parseRegExpLiteral(`/${source}/${flags}`)
  // At one place it takes as many steps as it has letters, whatever the text.
  if (!repeats(pattern)) return []
  const kinds = kindsOf(pattern, flags)
  const places = placesIn(pattern).slice(0, MOST_PLACES)
  const wholes = wordsOf(pattern, kinds)
  const befores = new Set(['', ...places.map(({ before }) => before(kinds))])
  const pumps = new Map<string, Pump>()
  const add = (before: string, repeated: string) => {
    if (repeated === '') return
    for (const after of AFTER) {
      pumps.set(JSON.stringify([before, repeated, after]), { before, repeated, after })
    }
  }
  for (const before of befores) for (const kind of kinds) add(before, kind)
  for (const one of kinds) for (const other of kinds) add('', one + other)
  for (const whole of wholes) {
    add('', whole)
    add('', whole.slice(0, -1))
    for (const kind of kinds) add('', whole + kind)
  }
  for (const { node, before } of places) {
    const start = before(kinds)
    add('', start)
    for (const kind of kinds) add('', start + kind)
    for (const word of wordsOf(node.element, kinds)) {
      for (const context of new Set(['', start])) {
        add(context, word)
        add(context, start + word)
      }
    }
  }
  return [...pumps.values()]
}

/** What anchors and boundaries tell apart, whether or not it is written in the expression. */
const ALWAYS = ['\\w', '.', '\\s']

/** One character for each combination of the expression's classes, those of most classes first. */
function kindsOf(pattern: AST.Pattern, flags: string): string[] {
  const leaves = leavesIn(pattern)
  const literal = leaves.flatMap((leaf) =>
    leaf.type === 'Character' ? [String.fromCodePoint(leaf.value)] : [],
  )
  const written = leaves.filter(({ type }) => type !== 'Character').map(({ raw }) => raw)
  const classes = [...new Set([...written, ...ALWAYS])]
  const tests = classes.map((raw) => new RegExp(`^(?:${raw})$`, flags.replace(/[gy]/g, '')))
  const kinds = new Map<string, string>()
  for (const character of new Set([...literal, ...OTHERS])) {
    const fits = tests.map((test) => (test.test(character) ? '1' : '')).join(',')
    if (!kinds.has(fits)) kinds.set(fits, character)
  }
  return [...kinds]
    .sort(([one], [other]) => other.length - one.length)
    .slice(0, MOST_KINDS)
    .map(([, character]) => character)
}

type Leaf = AST.Character | AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass

function leavesIn(node: AST.Node): Leaf[] {
  switch (node.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass':
      return [node]
    default:
      return childrenOf(node).flatMap(leavesIn)
  }
}

function childrenOf(node: AST.Node): AST.Node[] {
  if ('alternatives' in node && Array.isArray(node.alternatives)) return node.alternatives
  if (node.type === 'Alternative') return node.elements
  return node.type === 'Quantifier' ? [node.element] : []
}

const repeats = (node: AST.Node): boolean =>
  (node.type === 'Quantifier' && node.max > 1) ||
  (node.type === 'Assertion' && 'alternatives' in node && node.alternatives.some(repeats)) ||
  childrenOf(node).some(repeats)

interface Place {
  readonly node: AST.Quantifier
  /** What matches before it. */
  readonly before: (kinds: readonly string[]) => string
}

/** Repetitions, each with what comes before it. */
function placesIn(node: AST.Node, before: (kinds: readonly string[]) => string = () => ''): Place[] {
  if (node.type === 'Alternative') {
    return node.elements.flatMap((element, index) => {
      const earlier = node.elements.slice(0, index)
      return placesIn(element, (kinds) => before(kinds) + earlier.map((each) => wordOf(each, kinds)).join(''))
    })
  }
  const inner = childrenOf(node).flatMap((child) => placesIn(child, before))
  return node.type === 'Quantifier' && node.max >= LONG ? [{ node, before }, ...inner] : inner
}

const wordOf = (node: AST.Node, kinds: readonly string[]): string => wordsOf(node, kinds)[0] ?? ''

/** Some of what a part matches: each alternative once, each kind of character once. */
function wordsOf(node: AST.Node, kinds: readonly string[]): string[] {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return unique(node.alternatives.flatMap((alternative) => wordsOf(alternative, kinds)))
    case 'Alternative': {
      const parts = node.elements.map((element) => wordsOf(element, kinds))
      const first = parts.map(([word = '']) => word)
      const varied = parts.flatMap((words, index) =>
        words.slice(1).map((word) => first.with(index, word).join('')),
      )
      return unique([first.join(''), ...varied])
    }
    case 'Quantifier':
      return wordsOf(node.element, kinds).map((word) => word.repeat(Math.min(Math.max(node.min, 1), 40)))
    case 'Character':
      return [String.fromCodePoint(node.value)]
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass': {
      const test = new RegExp(`^(?:${node.raw})$`, 'v' in node ? 'v' : '')
      return kinds.filter((kind) => test.test(kind)).slice(0, MOST_WORDS)
    }
    default:
      return ['']
  }
}

const unique = (words: readonly string[]): string[] => [...new Set(words)].slice(0, MOST_WORDS)
