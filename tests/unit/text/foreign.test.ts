import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { excerpt, foreign, sentence, shortened, visible, type Words } from '#lib/text/foreign.ts'
import { anyText } from '#tests/any-text.ts'

const any = anyText(600)
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u

describe('foreign text in a sentence', () => {
  it('is visible whatever it is, and escaped once however often it is put in', () => {
    fc.assert(
      fc.property(any, (text) => {
        const shown = foreign(text)
        assert.doesNotMatch(shown, unseen)
        assert.equal(foreign(shown, shown.length), shown)
      }),
    )
  })

  it('can be read back where nothing was cut', () => {
    fc.assert(
      fc.property(any, (text) => {
        const json = JSON.stringify(text)
        assert.equal(JSON.parse(visible(json)), text)
      }),
    )
  })

  it('escapes what begins a line, steers a terminal, turns text round or hides', () => {
    for (const [text, shown] of [
      ['a\nb\r\tc', 'a\\u000ab\\u000d\\u0009c'],
      ['\u001b[31m\u009b31m', '\\u001b[31m\\u009b31m'],
      ['\u202e\u2066\u200b\u200f\u061c\u2028\ufeff', '\\u202e\\u2066\\u200b\\u200f\\u061c\\u2028\\ufeff'],
      ['\u{e0041}', '\\udb40\\udc41'],
      ['\ud800', '\\ud800'],
      ['“naïve” 空 \u00a0 😀', '“naïve” 空 \u00a0 😀'],
    ] as const) {
      assert.equal(visible(text), shown)
      assert.equal(sentence`It says ${text}.`, `It says ${shown}.`)
    }
  })

  it('is cut, and never in the middle of a character', () => {
    assert.equal(shortened('abcd', 4), 'abcd')
    assert.equal(shortened('abcde', 4), 'abcd…')
    assert.equal(shortened('abc😀', 4), 'abc…')
    assert.ok(sentence`${'x'.repeat(10_000)}`.length < 500)
  })

  it('of several lines is read on one', () => {
    assert.equal(excerpt('  <html>\r\n\t<head> \u202e'), '<html> <head> \\u202e')
    assert.equal(excerpt('word '.repeat(100), 14), 'word word word…')
    assert.equal(excerpt(' \n '), '')
  })
})

it('words of ours are literals, or made by sentence: anything else has no place in them', () => {
  const words = <T extends string>(says: Words<T>): string => says
  const code = String(1006)
  assert.equal(words('The peer closed'), 'The peer closed')
  assert.equal(words(code === '' ? 'one' : 'other'), 'other')
  assert.equal(words(sentence`The code is ${code}`), 'The code is 1006')
  // @ts-expect-error put together without `sentence`
  words(`The code is ${code}`)
  // @ts-expect-error foreign as it is
  words(code)
  // @ts-expect-error one of both may be foreign
  words(code || 'none')
})
