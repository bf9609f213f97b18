/** Programming languages, each with its string literal. */
import { syntaxOf } from '#lib/text/code.ts'
import { withEscapes } from '#lib/text/foreign.ts'

/** What all of these languages write alike. */
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const hex = (value: number, digits = 0): string => value.toString(16).padStart(digits, '0')

/** Of a character that UTF-16 writes in two units, one escape each. */
const units = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`).join('')

const wide = (character: string): string => {
  const point = character.codePointAt(0) ?? 0
  return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`
}

const braced = (character: string): string => `\\u{${hex(character.codePointAt(0) ?? 0)}}`

// Java replaces \u000a before it looks for strings.
const octal = (character: string): string =>
  character <= '\xff' ? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}` : units(character)

/**
 * A string literal: `special` characters behind a backslash, what cannot be seen as `spell` writes it. Halves of a pair become
 * U+FFFD, since not every language has a way to write them.
 */
const literal =
  (quote: '"' | "'", special: RegExp, spell: (character: string) => string) =>
  (text: string): string => {
    const written = text.toWellFormed().replace(special, '\\$&')
    return quote + withEscapes(written, (character) => SHORT[character] ?? spell(character)) + quote
  }

const single = /[\\']/g
const double = /[\\"]/g
/** Ruby and Elixir run what is in #{…}. */
const interpolated = /[\\"#]/g

const jsString = literal("'", single, units)

export const js = syntaxOf('js', {
  /** Also between <script> tags, which end with their name even in a string. */
  string: (text: string) => jsString(text).replace(/<(?=[/!s])/gi, '\\x3c'),
})
export const python = syntaxOf('python', { string: literal("'", single, wide) })
export const go = syntaxOf('go', { string: literal('"', double, wide) })
export const ruby = syntaxOf('ruby', { string: literal('"', interpolated, braced) })
export const elixir = syntaxOf('elixir', { string: literal('"', interpolated, braced) })
export const csharp = syntaxOf('csharp', { string: literal('"', double, units) })
export const java = syntaxOf('java', { string: literal('"', double, octal) })
