/** Keeps the server's events and the gaps between them: 20,000 entries, no event twice. */
import { EVENT_LIMIT, type EventEntry, type FeedEntry, type GapEntry } from '#lib/store/feed-state.ts'
import { createRing, type RingView } from '#lib/store/ring.ts'

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

export function createEventLog(limit = EVENT_LIMIT): EventLog {
  const known = new Set<string>()
  let gaps = 0
  const ring = createRing<FeedEntry>(limit, (entry) => known.delete(entry.key))

  const push = (entry: FeedEntry): void => {
    known.add(entry.key)
    ring.push(entry)
  }

  const find = (key: string): GapEntry | undefined => {
    if (!known.has(key)) return undefined
    for (const entry of ring.view()) if (entry.type === 'gap' && entry.key === key) return entry
    return undefined
  }

  // Rare and asked for by a person, so a copy of the whole is fair.
  const rewrite = (change: (entry: FeedEntry) => readonly FeedEntry[]): void => {
    const entries = [...ring.view()].flatMap(change)
    known.clear()
    for (const { key } of entries) known.add(key)
    ring.replace(entries)
  }

  return {
    addEvent(entry) {
      if (known.has(entry.key)) return false
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
      const missing = events.filter((entry) => !known.has(entry.key))
      rewrite((entry) => {
        if (entry.type !== 'gap' || entry.key !== key) return [entry]
        return rest === null ? missing : [...missing, { ...entry, ...rest, filling: { status: 'open' } }]
      })
      return missing
    },
    has: (key) => known.has(key),
    clear() {
      ring.clear()
      known.clear()
    },
    view: ring.view,
  }
}
