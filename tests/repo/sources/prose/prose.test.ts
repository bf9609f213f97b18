import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { proseOfTheProduct, sentencesOf } from '#tests/repo/sources/prose/sentences.ts'

const MOST_WORDS = 24

/** What reads like a translation, and how it is said instead. */
const TO_AVOID: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/(?<!\b[Tt]here )\b(?:is|was|are|were) no (?!longer\b|more\b)[a-z]/, 'is not a …'],
  [/\bstands?\b/, 'is, has, says'],
  [/\bcame about\b/, 'opened, worked'],
  [/\bmend/, 'fix'],
  [/\b[Ss]cript (?:sees|gets|is|learns|cannot)\b/, 'JavaScript, or your page'],
  [/\bgoodbye\b/, 'a Close frame'],
  [/\bwhoever\b/i, 'who it is'],
  [/\bnobody\b/i, 'who it is'],
  [/\bwould settle\b/, 'decides'],
  [/\bin vain\b/, 'without an answer'],
  [/\banew\b/, 'again'],
  [/[a-z]'s\b/, '’s'],
]

const prose = proseOfTheProduct()

describe('what a person reads', () => {
  it('is found in the code', () => assert.ok(prose.length > 3000, `${prose.length} texts`))

  for (const [pattern, instead] of TO_AVOID) {
    it(`says “${instead}” where ${pattern} would fit`, () => {
      const found = prose.filter(({ text }) => pattern.test(text)).map(({ file, text }) => `${file}: ${text}`)
      assert.deepEqual(found, [])
    })
  }

  it(`has sentences of at most ${MOST_WORDS} words, and one semicolon`, () => {
    const long = prose.flatMap(({ file, text }) =>
      sentencesOf(text)
        .filter((each) => each.split(' ').length > MOST_WORDS || each.split(';').length > 2)
        .map((each) => `${file}: ${each}`),
    )
    assert.deepEqual(long, [])
  })
})
