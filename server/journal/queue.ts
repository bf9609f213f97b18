/** First in, first out, also with a hundred thousand in it: an array that is shifted moves all of them each time. */
export class Queue<T> {
  #items: T[] = []
  #head = 0

  get length(): number {
    return this.#items.length - this.#head
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    if (this.length === 0) return undefined
    const item = this.#items[this.#head]
    this.#head += 1
    if (this.#head > 1000 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }

  /** Counted from the one that comes out next. */
  at(index: number): T | undefined {
    return this.#items[this.#head + index]
  }

  slice(from: number, to: number): T[] {
    return this.#items.slice(this.#head + from, this.#head + to)
  }
}
