/** Bytes as lines, split by hand, so that an endless line is cut and not collected. */
import { LONGEST_LINE } from '#lib/logs/line.ts'

/** A character of UTF-16 takes three bytes of UTF-8 at most: what is longer is too long a line for certain. */
export const LONGEST_BYTES = LONGEST_LINE * 3
/** What has no line end for as long as this is no log. */
export const ENDLESS_BYTES = 64 << 20

const LINE_FEED = 10

/** A file without line ends. */
export class EndlessLine extends Error {}

/** The line from `from` to `end`; it is told before the bytes change. */
export type OnLine = (bytes: Uint8Array, from: number, end: number) => void

export class ByteLines {
  readonly #onLine: OnLine
  #rest = new Uint8Array(1024)
  #held = 0
  #length = 0

  /** @param onLine of a line that is too long it is given `LONGEST_BYTES` and one byte more */
  constructor(onLine: OnLine) {
    this.#onLine = onLine
  }

  /** @throws EndlessLine */
  push(bytes: Uint8Array): void {
    let from = 0
    let end = bytes.indexOf(LINE_FEED)
    if (this.#length > 0 && end !== -1) {
      this.#hold(bytes, 0, end)
      this.end()
      from = end + 1
      end = bytes.indexOf(LINE_FEED, from)
    }
    for (; end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
      this.#onLine(bytes, from, Math.min(end, from + LONGEST_BYTES + 1))
      from = end + 1
    }
    this.#hold(bytes, from, bytes.length)
  }

  /** Gives an unfinished last line. */
  end(): void {
    const held = this.#held
    const isLine = this.#length > 0
    this.#held = 0
    this.#length = 0
    if (isLine) this.#onLine(this.#rest, 0, held)
  }

  #hold(bytes: Uint8Array, from: number, end: number): void {
    this.#length += end - from
    if (this.#length > ENDLESS_BYTES) throw new EndlessLine('There is no line end in 64 MiB: a log has lines')
    const until = Math.min(end, from + LONGEST_BYTES + 1 - this.#held)
    if (until <= from) return
    const needed = this.#held + until - from
    if (needed > this.#rest.length) {
      const grown = new Uint8Array(Math.max(needed, this.#rest.length * 2))
      grown.set(this.#rest.subarray(0, this.#held))
      this.#rest = grown
    }
    this.#rest.set(bytes.subarray(from, until), this.#held)
    this.#held = needed
  }
}
