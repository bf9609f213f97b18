/** What a byte order mark at the beginning of a file says about the bytes behind it. */

const MARK_BYTES = 3

/** Gives the bytes of one file as UTF-8 without a byte order mark. */
export class Utf8 {
  readonly #give: (utf8: Uint8Array) => void
  #head = new Uint8Array(0)
  #isBegun = false
  #decoder: TextDecoder | undefined
  #encoder: TextEncoder | undefined

  constructor(give: (utf8: Uint8Array) => void) {
    this.#give = give
  }

  push(bytes: Uint8Array): void {
    if (this.#isBegun) {
      this.#pass(bytes)
      return
    }
    const head = this.#head.length === 0 ? bytes : joined(this.#head, bytes)
    if (head.length >= MARK_BYTES) this.#begin(head)
    else this.#head = head.slice()
  }

  /** What is shorter than a mark is given. */
  end(): void {
    if (!this.#isBegun) this.#begin(this.#head)
    if (this.#decoder !== undefined) this.#give((this.#encoder as TextEncoder).encode(this.#decoder.decode()))
  }

  #begin(head: Uint8Array): void {
    this.#isBegun = true
    this.#head = new Uint8Array(0)
    const [first, second, third] = head
    if (first === 0xef && second === 0xbb && third === 0xbf) {
      this.#pass(head.subarray(3))
      return
    }
    const isLittle = first === 0xff && second === 0xfe
    if (isLittle || (first === 0xfe && second === 0xff)) {
      this.#decoder = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be')
      this.#encoder = new TextEncoder()
    }
    this.#pass(head)
  }

  #pass(bytes: Uint8Array): void {
    if (this.#decoder === undefined) this.#give(bytes)
    else this.#give((this.#encoder as TextEncoder).encode(this.#decoder.decode(bytes, { stream: true })))
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
