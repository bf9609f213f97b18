/** The journal in memory: a ring of fixed capacity, indexed by sequence, gone with the process. */

import { endOf } from '#lib/protocol/ends.ts'
import { createEventMatcher, type EventMatcher } from '#lib/protocol/event-filter.ts'
import type { KeepingTrouble } from '#lib/protocol/health.ts'
import { createEndsTally, type EndsCount } from '#lib/stats/ends-tally.ts'
import { cursorAt, parseCursor } from '#server/journal/cursor.ts'
import type {
  EventDraft,
  ForeignEvent,
  Gap,
  Journal,
  JournalBounds,
  JournalListener,
  JournalOutline,
  JournalPage,
  JournalQuery,
  JournalRange,
  JournalRecord,
} from '#server/journal/journal.ts'
import { Announcer, Stamper, type StampOptions } from '#server/journal/writer.ts'

export interface MemoryJournalOptions extends StampOptions {
  /** Records kept; the oldest makes room for the newest. */
  readonly capacity: number
  /** Why it is in memory, where it should be in a file. */
  readonly trouble?: KeepingTrouble
}

/** From the one sequence, before the other. */
interface Stretch {
  readonly start: number
  readonly end: number
}

const OUTLINE_EVERY = 500

const everything = () => true

export function createMemoryJournal(options: MemoryJournalOptions): Journal {
  return new MemoryJournal(options)
}

class MemoryJournal implements Journal {
  readonly instance: string
  readonly trouble: KeepingTrouble | undefined
  readonly #capacity: number
  readonly #stamper: Stamper
  readonly #announcer = new Announcer()
  /** Slot `sequence % capacity`. Grows to the capacity once; shifting an array instead costs 300 times as much. */
  readonly #ring: JournalRecord[] = []
  /** The sequence of the next record; those from `#oldest` up to here are kept. */
  #end = 0

  constructor({ capacity, trouble, ...stamp }: MemoryJournalOptions) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) throw new RangeError('capacity must be 1 or more')
    this.#capacity = capacity
    this.#stamper = new Stamper(stamp)
    this.instance = stamp.instance
    this.trouble = trouble
  }

  get #oldest(): number {
    return Math.max(0, this.#end - this.#capacity)
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

  #take(record: JournalRecord): JournalRecord {
    this.#ring[this.#end % this.#capacity] = record
    this.#end += 1
    this.#announcer.announce(record)
    return record
  }

  async read(query: JournalQuery): Promise<JournalPage> {
    const { after, before, limit, filter, fromEnd = false } = query
    const { sequence: first, gap } = this.#startAfter(after)
    const asked = before === undefined ? this.#end : this.#sequenceAtOrAfter(before)
    const { start, end } = this.#within({ start: first, end: asked }, query)
    const matches = filter === undefined ? everything : createEventMatcher(filter)
    if (fromEnd) return this.#readBack({ start, end }, gap, limit, matches)
    const records: JournalRecord[] = []
    let sequence = start
    for (; sequence < end; sequence += 1) {
      const record = this.#at(sequence)
      if (record === undefined || !matches(record.event)) continue
      if (records.length === limit) {
        return { records, gap, position: records.at(-1)?.event.id ?? null, more: true, earlier: null }
      }
      records.push(record)
    }
    const position = this.#at(sequence - 1)?.event.id ?? (gap === null ? (after ?? null) : null)
    return { records, gap, position, more: false, earlier: null }
  }

  #readBack({ start, end }: Stretch, gap: Gap | null, limit: number, matches: EventMatcher): JournalPage {
    const records: JournalRecord[] = []
    for (let sequence = end - 1; sequence >= start && records.length <= limit; sequence -= 1) {
      const record = this.#at(sequence)
      if (record !== undefined && matches(record.event)) records.push(record)
    }
    const shown = records.slice(0, limit)
    return {
      records: shown.toReversed(),
      gap,
      position: this.#at(end - 1)?.event.id ?? null,
      more: false,
      earlier: records.length > limit ? (shown.at(-1)?.event.id ?? null) : null,
    }
  }

  async ends(range: JournalRange): Promise<EndsCount> {
    const tally = createEndsTally()
    for (const { event } of this.#matching(range)) {
      const end = endOf(event)
      if (end !== null) tally.add(end)
    }
    return tally.count()
  }

  async outline(range: JournalRange): Promise<JournalOutline> {
    const cursors: string[] = []
    let count = 0
    for (const { event } of this.#matching(range)) {
      count += 1
      if (count % OUTLINE_EVERY === 0) cursors.push(event.id)
    }
    const { start, end } = this.#within({ start: this.#oldest, end: this.#end }, range)
    const latest = end > start ? (this.#at(end - 1)?.event.id ?? null) : null
    return { count, every: OUTLINE_EVERY, cursors, latest }
  }

  *#matching({ filter, ...range }: JournalRange): Generator<JournalRecord> {
    const matches = filter === undefined ? everything : createEventMatcher(filter)
    const { start, end } = this.#within({ start: this.#oldest, end: this.#end }, range)
    for (let sequence = start; sequence < end; sequence += 1) {
      const record = this.#at(sequence)
      if (record !== undefined && matches(record.event)) yield record
    }
  }

  #within({ start, end }: Stretch, { sinceMs, untilMs }: JournalRange): Stretch {
    return {
      start: sinceMs === undefined ? start : Math.max(start, this.#firstFrom(cursorAt(sinceMs))),
      end: untilMs === undefined ? end : Math.min(end, this.#firstFrom(cursorAt(untilMs))),
    }
  }

  async bounds(): Promise<JournalBounds> {
    return {
      oldest: this.#at(this.#oldest)?.event.id ?? null,
      latest: this.#at(this.#end - 1)?.event.id ?? null,
    }
  }

  subscribe(listener: JournalListener): () => void {
    return this.#announcer.subscribe(listener)
  }

  async close(): Promise<void> {
    this.#announcer.close()
  }

  #at(sequence: number): JournalRecord | undefined {
    if (sequence < this.#oldest || sequence >= this.#end) return undefined
    return this.#ring[sequence % this.#capacity]
  }

  /** The first record to show after a cursor, and what is missing between the two. */
  #startAfter(after: string | undefined): { sequence: number; gap: Gap | null } {
    const oldest = this.#oldest
    if (after === undefined) return { sequence: oldest, gap: null }
    const cursor = parseCursor(after)
    if (cursor.origin === this.#stamper.origin) {
      // The whole text is compared, because a cursor with our origin and a forged time would sort past every event.
      if (this.#at(cursor.sequence)?.event.id === after) return { sequence: cursor.sequence + 1, gap: null }
      if (cursor.sequence === oldest - 1) return { sequence: oldest, gap: null }
    }
    return { sequence: oldest, gap: { after, before: this.#at(oldest)?.event.id ?? null } }
  }

  /** The first kept record whose cursor is not before this one: by sequence where the cursor is ours, else by time. */
  #sequenceAtOrAfter(before: string): number {
    const cursor = parseCursor(before)
    if (cursor.origin === this.#stamper.origin) return Math.min(cursor.sequence, this.#end)
    return this.#firstFrom(before)
  }

  #firstFrom(least: string): number {
    let low = this.#oldest
    let high = this.#end
    while (low < high) {
      const middle = (low + high) >> 1
      const id = this.#at(middle)?.event.id
      if (id !== undefined && id < least) low = middle + 1
      else high = middle
    }
    return low
  }
}
