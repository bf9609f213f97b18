import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { compilePattern } from '#lib/text/pattern/pattern.ts'
import { runs } from '#tests/sampling.ts'

const LITERAL = fc.constantFrom(
  'a',
  'b',
  'c',
  '/',
  '\\.',
  '-',
  '\\n',
  'A',
  '[ab]',
  '[^a/]',
  '[a-c]',
  '.',
  '\\w',
  '\\d',
)
const PLACE = fc.constantFrom('^', '\\b', '\\B', '(?=a)', '(?!b)', '(?<=a)', '(?<![bc])')
const COUNT = fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}', '*?', '+?', '??', '{1,3}?')

interface Part {
  readonly text: string
  /** It takes something, whatever it is tried on. */
  readonly solid: boolean
}

/**
 * What both read in the same way. JavaScript forgets the groups of a repetition's last round, and goes on where a round
 * took nothing: what is repeated captures nothing here, and takes something.
 */
const { pattern } = fc.letrec<{ plain: Part; pattern: Part }>((tie) => {
  const grouped = tie('plain').map(({ text, solid }) => ({ text: `(?:${text})`, solid }))
  const captured = tie('pattern').map(({ text }) => ({ text: `(${text})`, solid: false }))
  return { plain: alternatives([grouped]), pattern: alternatives([grouped, captured]) }
})

function alternatives(groups: readonly fc.Arbitrary<Part>[]): fc.Arbitrary<Part> {
  const literal = LITERAL.map((text) => ({ text, solid: true }))
  const place = PLACE.map((text) => ({ text, solid: false }))
  const inner = fc.oneof({ maxDepth: 3, depthSize: 'small' }, literal, literal, place, ...groups)
  const part = fc.tuple(inner, fc.option(COUNT)).map(([{ text, solid }, count]) => {
    if (!solid || count === null) return { text, solid }
    return { text: text + count, solid: /^[+{]/.test(count) }
  })
  const sequence = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(''),
    solid: parts.some(({ solid }) => solid),
  }))
  return fc.array(sequence, { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join('|'),
    solid: parts.every(({ solid }) => solid),
  }))
}

it('what JavaScript and PCRE read in the same way matches alike, with the same groups', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', 'c', '/', '.', '-', '\n', 'A', '1'),
    maxLength: 12,
  })
  fc.assert(
    fc.property(pattern, fc.boolean(), text, ({ text: source }, caseInsensitive, subject) => {
      const compiled = compilePattern(source, { caseInsensitive })
      if (!compiled.ok) assert.fail(`${source}: ${compiled.says}`)
      const expected = new RegExp(source, caseInsensitive ? 'i' : '').exec(subject)
      const found = compiled.match(subject)
      assert.notEqual(found, 'gave-up')
      const ours = typeof found === 'object' && found ? { index: found.index, groups: found.groups } : null
      assert.deepEqual(ours, expected && { index: expected.index, groups: [...expected] }, source)
    }),
    { numRuns: runs(600, 120) },
  )
})
