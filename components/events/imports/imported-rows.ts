'use client'
/** Rows that the worker has, as a list: what is near the view is asked for in pages. */
import { problemOf } from '#components/api/problem.ts'
import type { Problem } from '#lib/api/problem.ts'
import { Changes, type RowList } from '../row-list.ts'

const PAGE = 200
const MOST_PAGES = 100

export class ImportedRows<T> implements RowList<T> {
  readonly #fetch: (from: number, to: number) => Promise<T[]>
  readonly #changes = new Changes()
  readonly #pages = new Map<number, readonly T[]>()
  readonly #asked = new Set<number>()
  readonly length: number
  readonly isLoading = false
  readonly isSearching = false
  problem: Problem | null = null

  constructor(length: number, fetch: (from: number, to: number) => Promise<T[]>) {
    this.length = length
    this.#fetch = fetch
  }

  readonly subscribe = this.#changes.subscribe
  readonly version = this.#changes.version

  at(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  need(from: number, to: number): void {
    for (let page = Math.floor(from / PAGE); page * PAGE < Math.min(to, this.length); page++) {
      if (!this.#pages.has(page) && !this.#asked.has(page)) void this.#load(page)
    }
  }

  async #load(page: number): Promise<void> {
    this.#asked.add(page)
    try {
      this.#pages.set(page, await this.#fetch(page * PAGE, (page + 1) * PAGE))
      const [oldest] = this.#pages.keys()
      if (this.#pages.size > MOST_PAGES && oldest !== undefined) this.#pages.delete(oldest)
    } catch (error) {
      this.problem = problemOf(error)
    }
    this.#asked.delete(page)
    this.#changes.tell()
  }
}
