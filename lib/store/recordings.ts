/** Sockets of other pages, as recorders there told the server of them: the newest word about each. */
import type { EventOf } from '#lib/protocol/events.ts'

export type Recorded = EventOf<'recorded'>

/** More are not looked through. */
const MOST = 50

export interface Recordings {
  take(event: Recorded): void
  /** Who said something last comes first. */
  view(): readonly Recorded[]
}

export function createRecordings(): Recordings {
  let known: readonly Recorded[] = []
  return {
    take(event) {
      known = newestOf([event], known)
    },
    view: () => known,
  }
}

/** One of each recording, from several lists of them. */
export function newestOf(...lists: readonly (readonly Recorded[])[]): readonly Recorded[] {
  const byId = new Map<string, Recorded>()
  for (const event of lists.flat()) {
    const before = byId.get(event.recording)
    if (before === undefined || before.at < event.at) byId.set(event.recording, event)
  }
  return [...byId.values()].sort((a, b) => b.at - a.at).slice(0, MOST)
}
