/** Keeps the server's events and the gaps between them: 20,000 entries, no event twice. */

import { createEventSlots } from '#lib/store/feed/event-slots.ts'
import { EVENT_LIMIT, type EventEntry, type FeedEntry, type GapEntry } from '#lib/store/feed/feed-state.ts'
import { createRing, type RingView } from '#lib/store/kit/ring.ts'

export interface EventLog {
  /** False when the event was here already. */
  addEvent(entry: EventEntry): boolean
  addGap(gap: Omit<GapEntry, 'type' | 'key' | 'filling'>): void
  /** Marks a gap as being filled. Undefined where there is none, or where that is under way. */
  startFilling(key: string): GapEntry | undefined
  failFilling(key: string, says: string): void
  /**
   * Puts events into a gap's place and returns those that were not here yet. `next` is the cursor behind which the
   * gap goes on, null where all of it was fetched.
   */
  fill(gap: GapEntry, events: readonly EventEntry[], next: string | null): readonly EventEntry[]
  has(key: string): boolean
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
  // Rare and asked for by a person, so a copy of the whole is fair.
  const rewrite = (change: (entry: FeedEntry) => readonly FeedEntry[]): void => {
    ring.replace([...ring.view()].flatMap(change))
  }

  const setFilling = (key: string, filling: GapEntry['filling']): void => {
    rewrite((entry) => [entry.type === 'gap' && entry.key === key ? { ...entry, filling } : entry])
  }
  const failFilling = (key: string, says: string): void => setFilling(key, { status: 'failed', says })

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
    startFilling(key) {
      const entry = entryOf(key)
      if (entry?.type !== 'gap' || entry.filling.status === 'running') return undefined
      setFilling(key, { status: 'running' })
      return entry
    },
    failFilling,
    fill({ key }, events, next) {
      if (events.length === 0) {
        failFilling(key, 'The server no longer has these events.')
        return []
      }
      const known = new Set(Array.from(ring.view(), (entry) => entry.key))
      const missing = events.filter((entry) => !known.has(entry.key))
      rewrite((entry) => {
        if (entry.type !== 'gap' || entry.key !== key) return [entry]
        return next === null ? missing : [...missing, { ...entry, after: next, filling: { status: 'open' } }]
      })
      return missing
    },
    has: (key) => entryOf(key) !== undefined,
    view: ring.view,
  }
}
