/** A list of any length, newest first, of which only what is near the view is there. */
import type { Problem } from '#lib/api/problem.ts'

export interface RowList<T> {
  /** Rows known to be there. */
  readonly length: number
  /** What could not be loaded. */
  readonly problem: Problem | null
  /** Nothing was loaded yet. */
  readonly isLoading: boolean
  /** Of a search that has not come to its end: more may follow. */
  readonly isSearching: boolean
  /** Undefined while it is not there. */
  at(index: number): T | undefined
  /** These rows are seen, and will be loaded. */
  need(from: number, to: number): void
  subscribe(listener: () => void): () => void
  /** Changes with everything that is seen. */
  version(): number
}

/** Tells whoever looks at a list that it changed. */
export class Changes {
  readonly #listeners = new Set<() => void>()
  #version = 0

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly version = (): number => this.#version

  tell(): void {
    this.#version += 1
    for (const listener of [...this.#listeners]) listener()
  }
}
