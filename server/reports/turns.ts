/** Changes of one report, one after the other: each waits for the one that was asked for before it. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Resolves or rejects as the work does, whatever became of the one before. */
  async take<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(id)
    const turn = (async () => {
      await before?.catch(() => {})
      return work()
    })()
    this.#last.set(id, turn)
    try {
      return await turn
    } finally {
      if (this.#last.get(id) === turn) this.#last.delete(id)
    }
  }
}
