import type { RowList } from './row-list.ts'

/** The same list in another form; each row is made once. */
export function mapped<A extends object, B>(list: RowList<A>, make: (row: A) => B): RowList<B> {
  const made = new WeakMap<A, B>()
  return {
    get length() {
      return list.length
    },
    get problem() {
      return list.problem
    },
    get isLoading() {
      return list.isLoading
    },
    get isSearching() {
      return list.isSearching
    },
    at(index) {
      const row = list.at(index)
      if (row === undefined) return undefined
      const known = made.get(row)
      if (known !== undefined) return known
      const fresh = make(row)
      made.set(row, fresh)
      return fresh
    },
    need: (from, to) => list.need(from, to),
    subscribe: list.subscribe,
    version: list.version,
  }
}
