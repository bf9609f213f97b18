import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { needlesOf } from '#lib/words/phrase.ts'
import { readSentence } from '#lib/words/phrasebook.ts'
import { programs } from '#lib/words/programs.ts'

const FOLDER = new URL('../../../lib/words/', import.meta.url)

describe('the phrasebook', () => {
  it('lists every file of its rooms, and a folder beside one has parts of that program', () => {
    const entries = readdirSync(FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(new URL(`${name}/`, FOLDER), { withFileTypes: true }))
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
    assert.deepEqual(programs.map(({ id }) => `${id}.ts`).sort(), files.sort())
    for (const folder of entries.filter((entry) => entry.isDirectory()))
      assert.ok(files.includes(`${folder.name}.ts`), folder.name)
  })

  it('has no two phrases of one address', () => {
    const addresses = programs.flatMap(({ id, phrases }) => phrases.map((phrase) => `${id}/${phrase.id}`))
    assert.equal(new Set(addresses).size, addresses.length)
  })
})

for (const program of programs) {
  describe(`words of ${program.name}`, () => {
    for (const phrase of program.phrases) {
      const { example, pattern, explains, source } = phrase
      const needles = needlesOf(phrase)
      it(`${phrase.id}: ${example.slice(0, 80)}`, () => {
        assert.ok(
          needles.every((needle) => needle.length >= 4),
          'needles of four characters at least',
        )
        const lower = example.toLowerCase()
        assert.ok(
          needles.some((needle) => lower.includes(needle.toLowerCase())),
          'a needle is in its example',
        )
        assert.ok(!pattern.global && !pattern.sticky, 'a pattern without a state')
        assert.ok(explains.endsWith('.'), 'a sentence')
        assert.ok(URL.canParse(source), 'a source that can be opened')
        const sentence = readSentence(example)
        const own = readSentence(example, { program: program.id })
        assert.equal(own?.phrase, phrase, 'read as its own program’s, it is this phrase')
        // Another program may print the same words; then it must mean the same.
        assert.deepEqual(sentence?.said, own?.said)
      })
    }
  })
}
