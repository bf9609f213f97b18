/** Those who wait until something is so; whoever changes anything lets them look. */
export class Waiters {
  #waiting: { readonly isSo: () => boolean; readonly done: () => void }[] = []

  until(isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve()
    return new Promise((done) => {
      this.#waiting.push({ isSo, done })
    })
  }

  look(): void {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = waiting.filter(({ isSo }) => !isSo())
    for (const { isSo, done } of waiting) if (isSo()) done()
  }
}
