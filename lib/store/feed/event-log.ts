/** Keeps the server's events and the gaps between them: 20,000 entries, no event twice. */

import { createEventSlots } from '#lib/store/feed/event-slots.ts'
import { EVENT_LIMIT, type EventEntry, type FeedEntry, type GapEntry } from '#lib/store/feed/feed-state.ts'
import { createRing, type RingView } from '#lib/store/kit/ring.ts'

export interface EventLog {
  /** False when the event was here already. */
  addEvent(entry: EventEntry): boolean
  addGap(gap: Omit<GapEntry, 'type' | 'key' | 'filling'>): void
  gap(key: string): GapEntry | undefined
  setFilling(key: string, filling: GapEntry['filling']): void
  /**
   * Puts events into a gap's place and returns those that were not here yet; `rest` is what of it stays open,
   * null when nothing does.
   */
  fill(
    key: string,
    events: readonly EventEntry[],
    rest: Pick<GapEntry, 'after' | 'before'> | null,
  ): readonly EventEntry[]
  has(key: string): boolean
  clear(): void
  view(): RingView<FeedEntry>
}

/** Wires resume behind the last event, so what comes twice came a moment ago. */
const RECENT = 2_000

export function createEventLog(limit = EVENT_LIMIT): EventLog {
  /** The last one to two times `RECENT` keys: a set of all would weigh with the events themselves. */
  let recent = new Set<string>()
  let before = new Set<string>()
  let gaps = 0
  const ring = createRing<FeedEntry>(limit, undefined, createEventSlots(limit))

  const push = (entry: FeedEntry): void => {
    if (recent.size >= RECENT) {
      before = recent
      recent = new Set()
    }
    recent.add(entry.key)
    ring.push(entry)
  }

  const entryOf = (key: string): FeedEntry | undefined => {
    for (const entry of ring.view()) if (entry.key === key) return entry
    return undefined
  }
  const find = (key: string): GapEntry | undefined => {
    const entry = entryOf(key)
    return entry?.type === 'gap' ? entry : undefined
  }

  // Rare and asked for by a person, so a copy of the whole is fair.
  const rewrite = (change: (entry: FeedEntry) => readonly FeedEntry[]): void => {
    ring.replace([...ring.view()].flatMap(change))
  }

  return {
    addEvent(entry) {
      if (recent.has(entry.key) || before.has(entry.key)) return false
      push(entry)
      return true
    },
    addGap(gap) {
      gaps++
      push({ type: 'gap', key: `gap-${gaps}`, ...gap, filling: { status: 'open' } })
    },
    gap: find,
    setFilling(key, filling) {
      if (find(key) === undefined) return
      rewrite((entry) => [entry.type === 'gap' && entry.key === key ? { ...entry, filling } : entry])
    },
    fill(key, events, rest) {
      const known = new Set(Array.from(ring.view(), (entry) => entry.key))
      const missing = events.filter((entry) => !known.has(entry.key))
      rewrite((entry) => {
        if (entry.type !== 'gap' || entry.key !== key) return [entry]
        return rest === null ? missing : [...missing, { ...entry, ...rest, filling: { status: 'open' } }]
      })
      return missing
    },
    has: (key) => entryOf(key) !== undefined,
    clear() {
      ring.clear()
      recent = new Set()
      before = new Set()
    },
    view: ring.view,
  }
}
