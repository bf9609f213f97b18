/** What this server keeps watching for its people, as its events tell: the newest word about each watch. */
import type { EventOf } from '#lib/protocol/events.ts'

export interface Watched {
  readonly event: EventOf<'watch'>
  /** On the page's clock. */
  readonly at: number
}

const MOST = 100

export interface WatchedList {
  take(event: EventOf<'watch'>, at: number): void
  /** Who said something last comes first. */
  view(): readonly Watched[]
}

export function createWatched(): WatchedList {
  let known: readonly Watched[] = []
  return {
    take(event, at) {
      known = [{ event, at }, ...known.filter(({ event: { watch } }) => watch !== event.watch)].slice(0, MOST)
    },
    view: () => known,
  }
}
