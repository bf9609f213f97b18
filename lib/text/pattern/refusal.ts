/** Why a pattern is not tried. */
export type RefusalCode =
  /** PCRE takes it, but it can't be tried in time proportional to the text, or programs differ in what it means. */
  | 'unsupported'
  /** Its program would have too many states, or it is too long itself. */
  | 'too-large'
  /** PCRE2 refuses it: `says` is in its words. */
  | 'invalid'

/** Thrown while a pattern is read; the door catches it. `at` counts the pattern's units from 0. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly at: number

  constructor(code: RefusalCode, says: string, at: number) {
    super(says)
    this.code = code
    this.at = at
  }
}

export const invalid = (says: string, at: number): Refusal => new Refusal('invalid', says, at)
export const unsupported = (says: string, at: number): Refusal => new Refusal('unsupported', says, at)
