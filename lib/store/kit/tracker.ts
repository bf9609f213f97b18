/**
 * A value that is replaced, never changed in place, with its setter: the common form of a facet's keeper.
 * Small, so that the keepers show only what is theirs.
 */
export interface Tracker<T> {
  /** The same reference until it changes. */
  view(): T
  update(change: Partial<T>): void
  reset(): void
}

export function createTracker<T extends object>(initial: T): Tracker<T> {
  let value = initial
  return {
    view: () => value,
    update(change) {
      value = { ...value, ...change }
    },
    reset() {
      value = initial
    },
  }
}
