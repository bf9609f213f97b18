/** Hands whole lines on from bytes as they come. */

/** What has no line end for so long is no log; the rest of it is left out. */
const LONGEST = 1 << 20

export class Lines {
  readonly #take: (line: string) => void
  readonly #decoder = new TextDecoder()
  #rest = ''

  constructor(take: (line: string) => void) {
    this.#take = take
  }

  push(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n')
    this.#rest = (lines.pop() ?? '').slice(0, LONGEST)
    for (const line of lines) this.#take(line)
  }

  end(): void {
    const rest = this.#rest + this.#decoder.decode()
    this.#rest = ''
    if (rest !== '') this.#take(rest)
  }
}
