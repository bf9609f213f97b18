import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compilePattern } from '#lib/text/pattern/pattern.ts'
import { amount } from '#tests/sampling.ts'

/** About a tenth of a second; a backtracking matcher would take the age of the universe for most of these. */
const MOST_STEPS = 2_000_000

const NAMED: readonly string[] = [
  '(?:.?|.?|.?){40}!',
  '(?:.?|.?|.?){8}!',
  '^/(a|a)*$',
  '(?:a|b|/|w|s|e|h|t|l|.|.|.|.|.|.|.)*!',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '^(?:(?:a?){30}){30}$',
  '(.*a){20}!',
  '^(a?){100}a{100}$',
  '(?=.*.*.*.*!)a',
  '(?!(?:.?.?.?){30}!)!',
  '^(?:a*b?a*b?a*b?)*!',
  '(?i)(?:[a-z]+|[A-Z]+)*!',
]

const ATOMS = ['a', '.', '[a-z/]', '(?:a|a)', '(?:a|.)', '(?:a?)', '(?:a|)', '\\w', '(?:aa|a)', '(a)']
const FORMS: readonly ((atom: string) => string)[] = [
  (atom) => `(?:${atom}+)+!`,
  (atom) => `^(?:${atom}*)*$`,
  (atom) => `(?:${atom}*)*(?:${atom}*)*(?:${atom}*)*!`,
  (atom) => `${`(?:${atom})*`.repeat(12)}!`,
  (atom) => `(?:${atom}|${atom}){40}!`,
  (atom) => `(?:${atom}{1,9}){1,9}!`,
  (atom) => `(${atom}*?)*?!`,
  (atom) => `(((${atom}?)+)+)+!`,
  (atom) => `(?!(?:${atom}*)*!)b!`,
]

const SUBJECTS = [
  '/ws/health',
  `/${'a'.repeat(200)}`,
  `/${'a'.repeat(99)}b${'a'.repeat(99)}!b`,
  'aA/'.repeat(80),
]

describe('evil patterns', () => {
  const patterns = [...NAMED, ...ATOMS.flatMap((atom) => FORMS.map((form) => form(atom)))]

  it('are a hundred and more', () => assert.ok(new Set(patterns).size >= 100))

  for (const source of patterns) {
    it(`${source} takes no more steps than states for each character`, () => {
      const compiled = compilePattern(source, { caseInsensitive: false })
      if (!compiled.ok) return assert.fail(`${source}: ${compiled.says}`)
      for (const subject of SUBJECTS) {
        const effort = { steps: MOST_STEPS }
        assert.notEqual(compiled.match(subject, effort), 'gave-up')
        const taken = MOST_STEPS - effort.steps
        assert.ok(taken <= (compiled.states + 1) * (subject.length + 1), `${taken} steps on ${subject}`)
      }
    })
  }

  it('are given up where there is more to do than was granted', () => {
    const compiled = compilePattern('(((a)?(b)?){20}){20}c', { caseInsensitive: false })
    if (!compiled.ok) return assert.fail(compiled.says)
    const effort = { steps: 100_000 }
    assert.equal(compiled.match('ab'.repeat(4000), effort), 'gave-up')
    assert.ok(effort.steps > -compiled.states, 'after one place at most')
    assert.equal(compiled.match('ab', effort), 'gave-up', 'nothing is left for another')
  })
})

const LONG = amount(60_000, 15_000)

it('60 kB of one opening after another need no deep stack', () => {
  const openings = [
    '(',
    '(?:',
    '(?=',
    '(?i:',
    '[',
    '[[:',
    '{',
    '{1,',
    '(?<a>',
    '\\Q',
    '(?#',
    '(*',
    'a|(',
    '\\x{',
    '(?P<',
  ]
  for (const opening of openings) {
    const source = opening.repeat(LONG / opening.length)
    const compiled = compilePattern(source, { caseInsensitive: false })
    assert.ok(!compiled.ok, opening)
  }
  assert.equal(compilePattern('(?i)'.repeat(LONG / 4), { caseInsensitive: false }).ok, true)
})
