/** Where the lines of a file begin, so that any of them can be read again without keeping the text. */

/** Of every so manieth line the place is kept: of 100 MB a few thousand numbers. */
const EVERY = 256
const NEWLINE = 10

export class LineIndex {
  readonly #content: Blob
  /** Bytes before the lines 0, 256, 512… */
  readonly #places = [0]
  #bytes = 0
  #lines = 0
  #endsOpen = false

  /** @param content what the bytes are read from again */
  constructor(content: Blob) {
    this.#content = content
  }

  get length(): number {
    return this.#lines + (this.#endsOpen ? 1 : 0)
  }

  /** The next bytes of the content. */
  push(bytes: Uint8Array): void {
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) {
      this.#lines += 1
      if (this.#lines % EVERY === 0) this.#places.push(this.#bytes + at + 1)
    }
    this.#bytes += bytes.length
    if (bytes.length > 0) this.#endsOpen = bytes.at(-1) !== NEWLINE
  }

  /** The lines from one number on, before another; counted from 0. */
  async read(from: number, to: number): Promise<string[]> {
    const first = Math.floor(from / EVERY)
    const start = this.#places[first] ?? this.#bytes
    const end = this.#places[Math.ceil(to / EVERY)] ?? this.#bytes
    const text = await this.#content.slice(start, end).text()
    return text
      .split('\n')
      .slice(from - first * EVERY, to - first * EVERY)
      .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  }
}
