/**
 * Foreign text in a sentence of ours: what a server, a log, a configuration or a URL says must not begin a line, steer
 * a terminal, turn a sentence round or hide in it. It is escaped as it enters, so that whatever prints the sentence
 * (terminal, log, Markdown, HTML, JSON) has nothing left to do but what its own syntax needs.
 */

/**
 * Controls (C0, C1), line and paragraph separators, format characters (bidi, zero width, tags), halves of a surrogate
 * pair, and all else that is drawn as nothing (Unicode, Default_Ignorable_Code_Point).
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu

/** What nearly all text is made of. */
const plain = /^[ -~]*$/

const unitEscape = (text: string, at: number): string =>
  `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`

/** Each unprintable character as `spell` writes it. */
export const withEscapes = (text: string, spell: (character: string) => string): string =>
  plain.test(text) ? text : text.replace(unprintable, spell)

/** `\u000a` for whatever cannot be seen; two escapes where UTF-16 needs two units, so that JSON stays JSON. */
export const visible = (text: string): string =>
  withEscapes(
    text,
    (character) => unitEscape(character, 0) + (character.length > 1 ? unitEscape(character, 1) : ''),
  )

/** Lines of code or of a report, each made visible; only their own line breaks and tabs stay. */
export const visibleLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.split('\t').map(visible).join('\t'))
    .join('\n')

/** No sentence needs more of somebody else's words. */
const LONGEST = 400

/** In characters of UTF-16, never half of a pair. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const isHalved = /[\ud800-\udbff]/.test(text.charAt(most - 1))
  return `${text.slice(0, isHalved ? most - 1 : most)}…`
}

/** As it may stand in a sentence: visible, and no longer than `most` characters before it is escaped. */
export const foreign = (text: string, most = LONGEST): string => visible(shortened(text, most))

/** Between quotes, as JSON writes them, so that it is seen where it ends. */
export const quoted = (text: string, most = 60): string => visible(JSON.stringify(shortened(text, most)))

/** The beginning of something that has lines (a body, a log line) on one: what is between words is one blank. */
export function excerpt(text: string, most = 160): string {
  // Blanks alone may be longer than what is wanted; beyond that nothing is looked at.
  const beginning = text
    .trimStart()
    .slice(0, most * 4)
    .replace(/\s+/g, ' ')
    .trimEnd()
  return foreign(beginning, most)
}

/** Of a longer line the stretch that has this part of it, with a little of what stands before. */
export function excerptAround(text: string, part: string, most = 160): string {
  const at = text.indexOf(part)
  const fits = text.length <= most || at + Math.min(part.length, most / 2) <= most
  if (at <= 0 || fits) return excerpt(text, most)
  const from = text.lastIndexOf(' ', at - 1) + 1
  return `…${excerpt(text.slice(at - from > most / 4 ? at : from), most - 1)}`
}

declare const isSentence: unique symbol

/** Words of ours, with what is foreign in them escaped and cut. Only `sentence` makes it from what is computed. */
export type Sentence = string & { readonly [isSentence]: true }

type Part = string | number | readonly string[]

/** sentence`The page sent Origin ${origin}`: whatever is put in becomes visible and is cut, each of a list by itself. */
export function sentence(words: TemplateStringsArray, ...parts: readonly Part[]): Sentence {
  let text = words[0] ?? ''
  for (const [at, part] of parts.entries()) text += shown(part) + (words[at + 1] ?? '')
  return text as Sentence
}

function shown(part: Part): string {
  if (typeof part === 'number') return String(part)
  return typeof part === 'string' ? foreign(part) : part.map((each) => foreign(each)).join(', ')
}

/** What a program of somebody else's, or a part of ours that knows no sentences, has to say in one. */
export const sentenceOf = (text: string, most = LONGEST): Sentence => excerpt(text, most) as Sentence

/** One after the other. */
export const sentences = (...each: readonly Sentence[]): Sentence => each.join(' ') as Sentence

/** What the compiler says where foreign text would become ours. */
type NotOurs = 'words that are put together have to go through sentence`…`'

/**
 * For a parameter that takes words of ours: a literal of the source as it is, or a `Sentence`. A string that was put
 * together in another way may hold anything, and fits nowhere.
 */
export type Words<T extends string> = T extends Sentence
  ? T
  : Record<never, 0> extends Record<T, 0>
    ? NotOurs
    : T

export const wordsOf = <T extends string>(words: Words<T>): Sentence => words as string as Sentence
