/** The journal in memory: a ring of fixed capacity, indexed by sequence, gone with the process. */
import type { KeepingTrouble } from '#lib/protocol/health.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import { cursorAt, parseCursor } from '#server/journal/cursor.ts'
import {
  type EventDraft,
  type ForeignEvent,
  type Gap,
  type Journal,
  type JournalBounds,
  type JournalListener,
  type JournalOutline,
  type JournalPage,
  type JournalQuery,
  type JournalRange,
  type JournalRecord,
  NOTHING_WAITS,
} from '#server/journal/journal.ts'
import {
  endsIn,
  lastPageOf,
  matcherOf,
  outlineOf,
  pageOf,
  Ring,
  type Stretch,
} from '#server/journal/records.ts'
import { Announcer, Stamper, type StampOptions } from '#server/journal/writer.ts'

export interface MemoryJournalOptions extends StampOptions {
  /** Records kept; the oldest makes room for the newest. */
  readonly capacity: number
  /** Why it is in memory, where it should be in a file. */
  readonly trouble?: KeepingTrouble
}

export function createMemoryJournal(options: MemoryJournalOptions): Journal {
  return new MemoryJournal(options)
}

class MemoryJournal implements Journal {
  readonly instance: string
  readonly trouble: KeepingTrouble | undefined
  readonly lag = NOTHING_WAITS
  readonly #stamper: Stamper
  readonly #announcer = new Announcer()
  /** By the sequence of their cursors. */
  readonly #ring: Ring

  constructor({ capacity, trouble, ...stamp }: MemoryJournalOptions) {
    this.#ring = new Ring(capacity)
    this.#stamper = new Stamper(stamp)
    this.instance = stamp.instance
    this.trouble = trouble
  }

  append(draft: EventDraft): JournalRecord {
    return this.#take(this.#stamper.stamp(draft))
  }

  adopt(event: ForeignEvent): JournalRecord {
    return this.#take(this.#stamper.restamp(event))
  }

  async settled(): Promise<boolean> {
    return true
  }

  async caughtUp(): Promise<void> {}

  #take(record: JournalRecord): JournalRecord {
    this.#ring.push(record)
    this.#announcer.announce(record)
    return record
  }

  async read(query: JournalQuery): Promise<JournalPage> {
    const { after, before, limit, filter, fromEnd = false } = query
    const { sequence: start, gap } = this.#startAfter(after)
    const end = before === undefined ? this.#ring.end : this.#sequenceAtOrAfter(before)
    const stretch = this.#within({ start, end, matches: matcherOf(filter) }, query)
    return fromEnd
      ? lastPageOf(this.#ring, stretch, { limit, gap })
      : pageOf(this.#ring, stretch, { limit, gap, after })
  }

  async ends(range: JournalRange): Promise<EndsCount> {
    return endsIn(this.#ring, this.#stretch(range))
  }

  async outline(range: JournalRange): Promise<JournalOutline> {
    return outlineOf(this.#ring, this.#stretch(range))
  }

  async bounds(): Promise<JournalBounds> {
    const { oldest, end } = this.#ring
    return {
      oldest: this.#ring.at(oldest)?.event.id ?? null,
      latest: this.#ring.at(end - 1)?.event.id ?? null,
    }
  }

  isAfter({ event }: JournalRecord, cursor: string): boolean {
    return event.id > cursor
  }

  subscribe(listener: JournalListener): () => void {
    return this.#announcer.subscribe(listener)
  }

  subscribeOwn(listener: JournalListener): () => void {
    return this.#announcer.subscribe(listener)
  }

  async close(): Promise<void> {
    this.#announcer.close()
  }

  #stretch({ filter, ...range }: JournalRange): Stretch {
    const { oldest, end } = this.#ring
    return this.#within({ start: oldest, end, matches: matcherOf(filter) }, range)
  }

  #within({ start, end, matches }: Stretch, { sinceMs, untilMs }: JournalRange): Stretch {
    return {
      start: sinceMs === undefined ? start : Math.max(start, this.#firstFrom(cursorAt(sinceMs))),
      end: untilMs === undefined ? end : Math.min(end, this.#firstFrom(cursorAt(untilMs))),
      matches,
    }
  }

  /** The first record to show after a cursor, and what is missing between the two. */
  #startAfter(after: string | undefined): { sequence: number; gap: Gap | null } {
    const { oldest } = this.#ring
    if (after === undefined) return { sequence: oldest, gap: null }
    const cursor = parseCursor(after)
    if (cursor.origin === this.#stamper.origin) {
      // The whole text is compared, because a cursor with our origin and a forged time would sort past every event.
      if (this.#ring.at(cursor.sequence)?.event.id === after) {
        return { sequence: cursor.sequence + 1, gap: null }
      }
      if (cursor.sequence === oldest - 1) return { sequence: oldest, gap: null }
    }
    return { sequence: oldest, gap: { after, before: this.#ring.at(oldest)?.event.id ?? null } }
  }

  /** The first kept record whose cursor is not before this one: by sequence where the cursor is ours, else by time. */
  #sequenceAtOrAfter(before: string): number {
    const cursor = parseCursor(before)
    if (cursor.origin === this.#stamper.origin) return Math.min(cursor.sequence, this.#ring.end)
    return this.#firstFrom(before)
  }

  #firstFrom(least: string): number {
    let low = this.#ring.oldest
    let high = this.#ring.end
    while (low < high) {
      const middle = (low + high) >> 1
      const id = this.#ring.at(middle)?.event.id
      if (id !== undefined && id < least) low = middle + 1
      else high = middle
    }
    return low
  }
}
