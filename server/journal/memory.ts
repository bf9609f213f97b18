/** The journal in memory: a ring of fixed capacity, indexed by sequence, gone with the process. */
import { createEventMatcher, type EventMatcher } from '#lib/protocol/event-filter.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { createOrigin, formatCursor, parseCursor } from '#server/journal/cursor.ts'
import type {
  EventDraft,
  Gap,
  Journal,
  JournalBounds,
  JournalListener,
  JournalPage,
  JournalQuery,
  JournalRecord,
} from '#server/journal/journal.ts'
import { jsonText } from '#server/wire/json.ts'

export interface MemoryJournalOptions {
  /** Records kept; the oldest makes room for the newest. */
  readonly capacity: number
  readonly instance: string
  /** Milliseconds since the Unix epoch. */
  readonly now?: () => number
}

const everything = () => true

export function createMemoryJournal(options: MemoryJournalOptions): Journal {
  return new MemoryJournal(options)
}

/** Stringifies when first asked: with nobody watching, most events never are. */
class MemoryRecord implements JournalRecord {
  readonly event: DiagnosticEvent
  #json: string | undefined

  constructor(event: DiagnosticEvent) {
    this.event = event
  }

  get json(): string {
    this.#json ??= jsonText(this.event)
    return this.#json
  }
}

class MemoryJournal implements Journal {
  readonly instance: string
  readonly #capacity: number
  readonly #now: () => number
  readonly #origin = createOrigin()
  /** Slot `sequence % capacity`. Grows to the capacity once; shifting an array instead costs 300 times as much. */
  readonly #ring: JournalRecord[] = []
  readonly #listeners = new Set<JournalListener>()
  #timeMs = 0
  /** The sequence of the next record; those from `#oldest` up to here are kept. */
  #end = 0
  #fresh: JournalRecord[] = []
  #closed = false

  constructor({ capacity, instance, now = Date.now }: MemoryJournalOptions) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) throw new RangeError('capacity must be 1 or more')
    this.#capacity = capacity
    this.#now = now
    this.instance = instance
  }

  get #oldest(): number {
    return Math.max(0, this.#end - this.#capacity)
  }

  append(draft: EventDraft): JournalRecord {
    const now = this.#now()
    this.#timeMs = Math.max(this.#timeMs, Math.trunc(now))
    const sequence = this.#end
    const id = formatCursor({ timeMs: this.#timeMs, origin: this.#origin, sequence })
    const record = new MemoryRecord({ id, at: now / 1000, instance: this.instance, ...draft })
    this.#ring[sequence % this.#capacity] = record
    this.#end += 1
    if (!this.#closed && this.#fresh.push(record) === 1) setImmediate(() => this.#deliver())
    return record
  }

  async read({ after, before, limit, filter, fromEnd = false }: JournalQuery): Promise<JournalPage> {
    const start = this.#startAfter(after)
    const end = before === undefined ? this.#end : this.#sequenceAtOrAfter(before)
    const matches = filter === undefined ? everything : createEventMatcher(filter)
    if (fromEnd) return this.#readBack(start, end, limit, matches)
    const records: JournalRecord[] = []
    let sequence = start.sequence
    for (; sequence < end; sequence += 1) {
      const record = this.#at(sequence)
      if (record === undefined || !matches(record.event)) continue
      if (records.length === limit) {
        return { records, gap: start.gap, position: records.at(-1)?.event.id ?? null, more: true }
      }
      records.push(record)
    }
    const position = this.#at(sequence - 1)?.event.id ?? (start.gap === null ? (after ?? null) : null)
    return { records, gap: start.gap, position, more: false }
  }

  #readBack(
    { sequence: first, gap }: { sequence: number; gap: Gap | null },
    end: number,
    limit: number,
    matches: EventMatcher,
  ): JournalPage {
    const records: JournalRecord[] = []
    for (let sequence = end - 1; sequence >= first && records.length < limit; sequence -= 1) {
      const record = this.#at(sequence)
      if (record !== undefined && matches(record.event)) records.push(record)
    }
    return { records: records.reverse(), gap, position: this.#at(end - 1)?.event.id ?? null, more: false }
  }

  async bounds(): Promise<JournalBounds> {
    return {
      oldest: this.#at(this.#oldest)?.event.id ?? null,
      latest: this.#at(this.#end - 1)?.event.id ?? null,
    }
  }

  subscribe(listener: JournalListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#deliver()
    this.#closed = true
    this.#listeners.clear()
  }

  #deliver(): void {
    const records = this.#fresh
    if (records.length === 0) return
    this.#fresh = []
    for (const listener of [...this.#listeners]) listener(records)
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
    if (cursor.origin === this.#origin) {
      // The whole text is compared, because a cursor with our origin and a forged time would sort past every event.
      if (this.#at(cursor.sequence)?.event.id === after) return { sequence: cursor.sequence + 1, gap: null }
      if (cursor.sequence === oldest - 1) return { sequence: oldest, gap: null }
    }
    return { sequence: oldest, gap: { after, before: this.#at(oldest)?.event.id ?? null } }
  }

  /** The first kept record whose cursor is not before this one: by sequence where the cursor is ours, else by time. */
  #sequenceAtOrAfter(before: string): number {
    const cursor = parseCursor(before)
    if (cursor.origin === this.#origin) return Math.min(cursor.sequence, this.#end)
    let low = this.#oldest
    let high = this.#end
    while (low < high) {
      const middle = (low + high) >> 1
      const id = this.#at(middle)?.event.id
      if (id !== undefined && id < before) low = middle + 1
      else high = middle
    }
    return low
  }
}
