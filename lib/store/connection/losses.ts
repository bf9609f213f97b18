/** Remembers what a row lost: a connection that came back does not take back that it was gone. */
import type { Loss, Losses } from '#lib/store/connection/connection.ts'

const LOSSES_KEPT = 50

const noLosses: Losses = { count: 0, kept: [] }

export interface LossKeeper {
  add(loss: Loss): void
  /** The same reference until something is lost. */
  view(): Losses
}

export function createLossKeeper(): LossKeeper {
  let losses = noLosses
  return {
    add(loss) {
      losses = { count: losses.count + 1, kept: [...losses.kept, loss].slice(-LOSSES_KEPT) }
    },
    view: () => losses,
  }
}
