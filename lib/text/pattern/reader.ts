/** A pattern while it is read: where we are, what is switched on, what was seen. */
import { invalid, type Refusal, unsupported } from '#lib/text/pattern/refusal.ts'

export interface Flags {
  /** `i` */
  readonly caseless: boolean
  /** `s` */
  readonly dotAll: boolean
  /** `m` */
  readonly multiline: boolean
  /** `x`: blanks and comments count for nothing. `xx`: nor do blanks in a class. */
  readonly extended: 'no' | 'x' | 'xx'
  /** `U`: repetitions are lazy unless a `?` follows. */
  readonly ungreedy: boolean
  /** `n`: groups without a name capture nothing. */
  readonly plainGroups: boolean
}

/** What a reference refers to, checked at the end: groups may follow. */
interface Reference {
  readonly to: number | string
  readonly at: number
}

export class Reader {
  /** One character for each unit: a byte is one of U+0000 to U+00FF. */
  readonly text: ArrayLike<string>
  readonly utf8: boolean
  at: number
  flags: Flags
  /** Between `\Q` and `\E`, where every character is itself. */
  quoted = false
  depth = 0
  groups = 0
  /** How often `\K` was read. */
  keeps = 0
  /** States of what is looked at. */
  lookedAt = 0
  readonly names = new Map<string, number>()
  readonly references: Reference[] = []
  /** The first thing that will not be tried. What follows is read all the same, since it may be invalid. */
  deferred: Refusal | undefined

  constructor(text: ArrayLike<string>, { at, utf8, flags }: { at: number; utf8: boolean; flags: Flags }) {
    this.text = text
    this.utf8 = utf8
    this.at = at
    this.flags = flags
  }

  get ended(): boolean {
    return this.at >= this.text.length
  }

  /** The character at a distance, '' beyond the end. */
  peek(distance = 0): string {
    return this.text[this.at + distance] ?? ''
  }

  next(): string {
    const character = this.peek()
    this.at += 1
    return character
  }

  /** Steps over a word that is next. */
  eat(word: string): boolean {
    for (let i = 0; i < word.length; i += 1) if (this.peek(i) !== word[i]) return false
    this.at += word.length
    return true
  }

  /** Reads on while the characters fit, for `most` of them. */
  while(fits: (character: string) => boolean, most = Infinity): string {
    let read = ''
    while (read.length < most && !this.ended && fits(this.peek())) read += this.next()
    return read
  }

  get highest(): number {
    return this.utf8 ? 0x10ffff : 0xff
  }

  defer(says: string, at: number): void {
    this.deferred ??= unsupported(says, at)
  }

  /** A group's name and what closes it. */
  name(closing: string): string {
    if (this.utf8 && codeOf(this.peek()) > 127) throw unsupported('a name beyond ASCII', this.at)
    if (!isWordPart(this.peek())) throw invalid('subpattern name expected', this.at)
    if (isDigit(this.peek())) throw invalid('subpattern name must start with a non-digit', this.at)
    const name = this.while(isWordPart)
    if (name.length > 32) throw invalid('subpattern name is too long (maximum 32 code units)', this.at)
    if (this.utf8 && codeOf(this.peek()) > 127) throw unsupported('a name beyond ASCII', this.at)
    if (!this.eat(closing)) {
      throw invalid('syntax error in subpattern name (missing terminator?)', this.at)
    }
    return name
  }

  refer(to: number | string, at: number, says: string): void {
    this.references.push({ to, at })
    this.defer(says, at)
  }

  checkReferences(): void {
    for (const { to, at } of this.references) {
      const exists = typeof to === 'number' ? to <= this.groups : this.names.has(to)
      if (!exists) throw invalid('reference to non-existent subpattern', at)
    }
  }
}

export const isDigit = (character: string): boolean => character >= '0' && character <= '9'
export const isOctal = (character: string): boolean => character >= '0' && character <= '7'
export const isHex = (character: string): boolean => /^[0-9a-f]$/i.test(character)
export const isLetter = (character: string): boolean => /^[a-z]$/i.test(character)
export const isWordPart = (character: string): boolean => /^\w$/.test(character)
export const codeOf = (character: string): number => character.codePointAt(0) ?? 0
