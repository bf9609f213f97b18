/** Text → lines as they were meant: without colors, byte order marks and Windows line ends. */

/** Longest part of one line that is kept: no program writes more about a connection. */
export const LONGEST_LINE = 65_536

const ESCAPE = String.fromCharCode(27)
/** CSI and OSC sequences (ECMA-48 §5.4), as terminals and loggers color their lines. */
const COLORS = new RegExp(
  `${ESCAPE}(?:\\[[0-9;?]{0,32}[ -/]?[@-~]|\\][^${ESCAPE}\\x07]{0,200}(?:\\x07|${ESCAPE}\\\\))`,
  'g',
)

/** The same, where what copied it spelled the escape out, or left it out. */
const SPELLED = /(?:\\(?:x1b|u001b|033|e)|#033|\^\[|␛)?\[\d{1,3}(?:;\d{1,3}){0,5}m/gi

/** Lines around the one that is read, which are looked at several times. */
const MOST_CUT = 64
/** Of so many lines the place of one is kept. */
const STRIDE = 8

/** What a line is read as in place of itself. */
type Change = (line: string, at: number) => string

/**
 * The lines of a text, by index from 0. A text of short lines has as many as characters: each is cut out when it is asked
 * for, and half a byte is kept of it.
 */
export class Lines {
  readonly length: number
  readonly #text: string
  /** Where every eighth begins. */
  readonly #starts: Uint32Array
  readonly #change: Change | undefined
  readonly #cut: { at: number; line: string }[] = []

  private constructor(text: string, starts: Uint32Array, length: number, change?: Change) {
    this.#text = text
    this.#starts = starts
    this.length = length
    this.#change = change
  }

  static of(text: string): Lines {
    const first = text.charCodeAt(0) === 0xfeff ? 1 : 0
    let length = 1
    for (let end = text.indexOf('\n', first); end !== -1; end = text.indexOf('\n', end + 1)) length++
    const starts = new Uint32Array(Math.ceil(length / STRIDE))
    for (let at = 0, start = first; at < length; at++, start = text.indexOf('\n', start) + 1)
      if (at % STRIDE === 0) starts[at / STRIDE] = start
    return new Lines(text, starts, length)
  }

  /** The same lines, each read as what is made of it. */
  changed(change: Change): Lines {
    const before = this.#change
    const both: Change = before ? (line, at) => change(before(line, at), at) : change
    return new Lines(this.#text, this.#starts, this.length, both)
  }

  /** Empty where there is none. */
  at(index: number): string {
    if (index < 0 || index >= this.length) return ''
    const known = this.#cut[index % MOST_CUT]
    if (known?.at === index) return known.line
    let start = this.#starts[Math.floor(index / STRIDE)] ?? 0
    for (let more = index % STRIDE; more > 0; more--) start = this.#text.indexOf('\n', start) + 1
    const end = this.#text.indexOf('\n', start)
    const until = end === -1 ? this.#text.length : end
    const plain = cleaned(this.#text.slice(start, Math.min(until, start + LONGEST_LINE)))
    const line = this.#change ? this.#change(plain, index) : plain
    this.#cut[index % MOST_CUT] = { at: index, line }
    return line
  }

  /** Whether one of those from an index on, up to another, is like that. */
  some(from: number, to: number, isLike: (line: string) => boolean): boolean {
    for (let at = from; at < Math.min(to, this.length); at++) if (isLike(this.at(at))) return true
    return false
  }

  /** Those from an index on, up to another, as one text. */
  join(from: number, to: number): string {
    const lines: string[] = []
    for (let at = from; at < Math.min(to, this.length); at++) lines.push(this.at(at))
    return lines.join('\n')
  }
}

function cleaned(line: string): string {
  const bare = line.includes(ESCAPE) ? line.replace(COLORS, '') : line
  const plain = /\[\d{1,3}[;m]/.test(bare) ? bare.replace(SPELLED, '') : bare
  return plain.endsWith('\r') ? plain.slice(0, -1) : plain
}
