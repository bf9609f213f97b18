import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paletteScore } from '#components/shell/palette-filter.ts'
import { catalogue } from '#lib/playbook/catalogue.ts'

const lines = [
  'Theme: dark',
  'Theme: light',
  'Close all connections',
  'go to Live',
  'run scenario Idle timeout',
  ...catalogue.map(({ title, id }) => `cause ${title} ${id}`),
]
const found = (typed: string): string[] =>
  lines
    .map((line) => ({ line, score: paletteScore(line, typed) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ line }) => line)

test('letters that only follow each other are no match', () => {
  assert.deepEqual(found('theme').slice(0, 2), ['Theme: dark', 'Theme: light'])
  assert.equal(paletteScore('cause The mechanism is not known', 'theme'), 0)
})

test('every word must be there, in any order and any case', () => {
  assert.equal(found('DARK theme')[0], 'Theme: dark')
  assert.equal(paletteScore('Close all connections', 'close tabs'), 0)
})

test('the beginning of a line comes before the beginning of a word, and that before its middle', () => {
  const [line, word, middle] = ['close all', 'never close', 'enclosed'].map((text) =>
    paletteScore(text, 'close'),
  )
  assert.ok(line !== undefined && word !== undefined && middle !== undefined)
  assert.ok(line > word && word > middle && middle > 0, `${line} ${word} ${middle}`)
})

test('nothing typed shows everything', () => {
  assert.equal(found(' ').length, lines.length)
})
