/** Things in the order of one of their numbers: those nearest to a value, again and again, without looking at all of them. */

export class Neighbours<T> {
  readonly #items: readonly T[]
  readonly #values: readonly number[]
  readonly #isTaken: (item: T) => boolean
  /** For each place the next one, there or behind it, that may not be taken; those that are, stay so. */
  readonly #behind: number[]
  /** The same, there or before it. */
  readonly #before: number[]

  /** @param isTaken once true of a thing, it stays true */
  constructor(items: readonly T[], numberOf: (item: T) => number, isTaken: (item: T) => boolean) {
    this.#items = items.toSorted((one, other) => numberOf(one) - numberOf(other))
    this.#values = this.#items.map(numberOf)
    this.#isTaken = isTaken
    this.#behind = this.#items.map((_, at) => at)
    this.#before = this.#items.map((_, at) => at)
  }

  /**
   * Those that are not taken and no further away than `within`: at most `most` from the value upwards and as many
   * downwards, the nearest first on each side.
   */
  free(value: number, within: number, most: number): T[] {
    const at = this.#firstFrom(value)
    const found: T[] = []
    let next = this.#freeBehind(at)
    for (let count = 0; count < most && this.#isWithin(next, value, within); count += 1) {
      found.push(this.#item(next))
      next = this.#freeBehind(next + 1)
    }
    next = this.#freeBefore(at - 1)
    for (let count = 0; count < most && this.#isWithin(next, value, within); count += 1) {
      found.push(this.#item(next))
      next = this.#freeBefore(next - 1)
    }
    return found
  }

  /** The nearest, taken or not, the first of equal ones; undefined where none is within. */
  nearest(value: number, within: number): T | undefined {
    const at = this.#firstFrom(value)
    const [up, down] = [this.#gap(at, value), this.#gap(at - 1, value)]
    const found = up <= down ? at : this.#firstFrom(this.#values[at - 1] ?? 0)
    return Math.min(up, down) <= within ? this.#items[found] : undefined
  }

  #item(at: number): T {
    return this.#items[at] as T
  }

  #gap(at: number, value: number): number {
    const own = this.#values[at]
    return own === undefined ? Infinity : Math.abs(own - value)
  }

  #isWithin(at: number, value: number, within: number): boolean {
    return this.#gap(at, value) <= within
  }

  #firstFrom(value: number): number {
    let [from, to] = [0, this.#values.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((this.#values[middle] ?? 0) < value) from = middle + 1
      else to = middle
    }
    return from
  }

  #freeBehind(from: number): number {
    const last = this.#items.length
    let at = from
    while (at < last && this.#isTaken(this.#item(at))) at = Math.max(at + 1, this.#behind[at] ?? 0)
    // What was passed over leads there at once the next time.
    for (let passed = from; passed < at; ) {
      const next = Math.max(passed + 1, this.#behind[passed] ?? 0)
      this.#behind[passed] = at
      passed = next
    }
    return at
  }

  #freeBefore(from: number): number {
    let at = from
    while (at >= 0 && this.#isTaken(this.#item(at))) at = Math.min(at - 1, this.#before[at] ?? 0)
    for (let passed = from; passed > at; ) {
      const next = Math.min(passed - 1, this.#before[passed] ?? 0)
      this.#before[passed] = at
      passed = next
    }
    return at
  }
}
