/** What a pattern is compared with: bytes, as PCRE sees a text, or code points where the pattern asks for UTF-8. */

export interface Units {
  readonly values: Uint8Array | Uint32Array
  /** The text between two units; what is cut out of the middle of a character becomes U+FFFD. */
  readonly slice: (from: number, to: number) => string
  /** Where in the text, in UTF-16 units, a unit begins. */
  readonly indexOf: (unit: number) => number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Of the text that was asked for last: a configuration compares one with many patterns. */
let last: { readonly text: string; readonly units: Units } | undefined

export function bytesOf(text: string): Units {
  if (last?.text !== text) last = { text, units: encode(text) }
  return last.units
}

function encode(text: string): Units {
  const values = encoder.encode(text)
  if (values.length === text.length) {
    return { values, slice: (from, to) => text.slice(from, to), indexOf: (unit) => unit }
  }
  const slice = (from: number, to: number) => decoder.decode(values.subarray(from, to))
  return { values, slice, indexOf: (unit) => slice(0, unit).length }
}

export function codePointsOf(text: string): Units {
  const values = Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0)
  if (values.length === text.length) {
    return { values, slice: (from, to) => text.slice(from, to), indexOf: (unit) => unit }
  }
  const indexOf = (unit: number): number => {
    let index = 0
    for (let i = 0; i < unit; i += 1) index += (values[i] ?? 0) > 0xffff ? 2 : 1
    return index
  }
  return { values, slice: (from, to) => text.slice(indexOf(from), indexOf(to)), indexOf }
}
