/** The longest silence that a connection has come through, over all attempts of a row. */

export interface SilenceKeeper {
  opened(at: number): void
  /** Anything came from the server: the silence before it did no harm. */
  received(at: number): void
  /** What this page sends ends a silence; whether the connection lived through it is known once something comes. */
  sent(at: number): void
  /** Milliseconds. */
  view(): number
}

export function createSilenceKeeper(): SilenceKeeper {
  let lastAt = 0
  let unconfirmedMs = 0
  let survivedMs = 0
  return {
    opened(at) {
      lastAt = at
      unconfirmedMs = 0
    },
    received(at) {
      survivedMs = Math.max(survivedMs, unconfirmedMs, at - lastAt)
      unconfirmedMs = 0
      lastAt = at
    },
    sent(at) {
      unconfirmedMs = Math.max(unconfirmedMs, at - lastAt)
      lastAt = at
    },
    view: () => survivedMs,
  }
}
