/** Random patterns of all that PCRE has, some of them with a mistake, and short texts to try them on. */
import type { Random } from '#tests/parity/support/dice.ts'

export interface Trial {
  readonly pattern: string
  readonly caseInsensitive: boolean
  readonly texts: readonly string[]
}

const LITERALS = [
  'a',
  'b',
  'c',
  '/',
  'ab',
  '\\.',
  '-',
  '_',
  '1',
  '\\n',
  'A',
  'é',
  '\\/',
  '\\x61',
  '\\141',
  'k',
  '\\Qa*\\E',
]
const SETS = ['.', '\\w', '\\d', '\\s', '\\W', '\\S', '\\D', '\\h', '\\v', '\\N', '\\H']
const PLACES = ['^', '$', '\\b', '\\B', '\\A', '\\z', '\\Z']
const ITEMS = [
  'a',
  'b',
  'a-c',
  '\\d',
  '\\w',
  '\\s',
  '/',
  '-',
  '.',
  '[:alpha:]',
  '[:^digit:]',
  '\\x41',
  'A-Z',
  '\\]',
  '^',
  'é',
  '[:upper:]',
  'b-',
]
const FLAGS = ['(?i)', '(?s)', '(?m)', '(?x)', '(?-i)', '(?U)', '(?n)', '(?^)', '(?#x)', '\\E', ' ', '#a']
const COUNTS = ['*', '+', '?', '{2}', '{1,2}', '{0,2}', '{2,}', '{0}', '*', '+', '?']
const GROUPS = ['(', '(', '(?:', '(?i:', '(?s-m:', '(?=', '(?!', '(?<=', '(?<!', '(?>']
const MISTAKES = [...'()[]{}*+?\\^$|.,-:<>!=#PQixs01a']
const TEXT = ['a', 'a', 'a', 'b', 'b', 'c', '/', 'A', '\n', '1', ' ', '.', '-', '_', '\r', 'k', 'é']

export function randomTrial(dice: Random): Trial {
  const pattern = mistaken(dice, alternatives(dice, dice.below(4)))
  return {
    pattern: `${dice.below(10) === 0 ? '(*UTF8)' : ''}${pattern || 'a'}`,
    caseInsensitive: dice.below(5) === 0,
    texts: Array.from({ length: 3 }, () => many(dice, 9, () => dice.pick(TEXT))),
  }
}

const many = (dice: Random, below: number, make: () => string): string =>
  Array.from({ length: dice.below(below) }, make).join('')

const alternatives = (dice: Random, depth: number): string =>
  Array.from({ length: dice.pick([1, 1, 1, 2, 2, 3]) }, () => {
    return many(dice, 4, () => atom(dice, depth) + count(dice))
  }).join('|')

function atom(dice: Random, depth: number): string {
  const kind = dice.below(20)
  if (kind < 9) return dice.pick(LITERALS)
  if (kind < 11) return dice.pick(SETS)
  if (kind < 13) return `[${dice.pick(['', '', '^'])}${many(dice, 3, () => dice.pick(ITEMS))}b]`
  if (kind < 14) return dice.pick(PLACES)
  if (kind < 15) return dice.pick(FLAGS)
  if (depth === 0) return dice.pick(LITERALS)
  if (kind === 15) return `(?<n${dice.below(1000)}>${alternatives(dice, depth - 1)})`
  return `${dice.pick(GROUPS)}${alternatives(dice, depth - 1)})`
}

const count = (dice: Random): string =>
  dice.below(2) === 0 ? '' : `${dice.pick(COUNTS)}${dice.pick(['', '', '', '?', '?', '+'])}`

function mistaken(dice: Random, pattern: string): string {
  if (dice.below(8) > 0) return pattern
  const at = dice.below(pattern.length)
  return pattern.slice(0, at) + dice.pick(MISTAKES) + pattern.slice(at + dice.below(2))
}
