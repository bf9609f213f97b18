/** Records that stand in memory, by number: what a journal that has them all at hand answers from. */
import { endOf } from '#lib/protocol/ends.ts'
import { createEventMatcher, type EventFilter, type EventMatcher } from '#lib/protocol/event-filter.ts'
import { createEndsTally, type EndsCount } from '#lib/stats/ends-tally.ts'
import type { Gap, JournalOutline, JournalPage, JournalRecord } from '#server/journal/journal.ts'

export interface Records {
  /** The number of the oldest one that is kept. */
  readonly oldest: number
  /** The number that the next one gets. */
  readonly end: number
  at(number: number): JournalRecord | undefined
}

/** From the one number, before the other, and of these those that match. */
export interface Stretch {
  readonly start: number
  readonly end: number
  readonly matches: EventMatcher
}

const OUTLINE_EVERY = 500

const everything = () => true

export const matcherOf = (filter: EventFilter | undefined): EventMatcher =>
  filter === undefined ? everything : createEventMatcher(filter)

/** The newest so many. */
export class Ring implements Records {
  readonly #capacity: number
  /** Slot `number % capacity`. Grows to the capacity once; shifting an array instead costs 300 times as much. */
  readonly #slots: JournalRecord[] = []
  end = 0

  constructor(capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) throw new RangeError('capacity must be 1 or more')
    this.#capacity = capacity
  }

  get oldest(): number {
    return Math.max(0, this.end - this.#capacity)
  }

  /** @returns its number */
  push(record: JournalRecord): number {
    this.#slots[this.end % this.#capacity] = record
    this.end += 1
    return this.end - 1
  }

  at(number: number): JournalRecord | undefined {
    if (number < this.oldest || number >= this.end) return undefined
    return this.#slots[number % this.#capacity]
  }
}

const idAt = (records: Records, number: number): string | null => records.at(number)?.event.id ?? null

/** @param after where the page was asked to begin */
export function pageOf(
  records: Records,
  { start, end, matches }: Stretch,
  { limit, gap, after }: { limit: number; gap: Gap | null; after: string | undefined },
): JournalPage {
  const found: JournalRecord[] = []
  let number = start
  for (; number < end; number += 1) {
    const record = records.at(number)
    if (record === undefined || !matches(record.event)) continue
    if (found.length === limit) {
      return { records: found, gap, position: found.at(-1)?.event.id ?? null, more: true, earlier: null }
    }
    found.push(record)
  }
  const position = idAt(records, number - 1) ?? (gap === null ? (after ?? null) : null)
  return { records: found, gap, position, more: false, earlier: null }
}

export function lastPageOf(
  records: Records,
  { start, end, matches }: Stretch,
  { limit, gap }: { limit: number; gap: Gap | null },
): JournalPage {
  const found: JournalRecord[] = []
  for (let number = end - 1; number >= start && found.length <= limit; number -= 1) {
    const record = records.at(number)
    if (record !== undefined && matches(record.event)) found.push(record)
  }
  const shown = found.slice(0, limit)
  return {
    records: shown.toReversed(),
    gap,
    position: idAt(records, end - 1),
    more: false,
    earlier: found.length > limit ? (shown.at(-1)?.event.id ?? null) : null,
  }
}

export function endsIn(records: Records, stretch: Stretch): EndsCount {
  const tally = createEndsTally()
  for (const { event } of matching(records, stretch)) {
    const end = endOf(event)
    if (end !== null) tally.add(end)
  }
  return tally.count()
}

export function outlineOf(records: Records, stretch: Stretch): JournalOutline {
  const cursors: string[] = []
  let count = 0
  for (const { event } of matching(records, stretch)) {
    count += 1
    if (count % OUTLINE_EVERY === 0) cursors.push(event.id)
  }
  const latest = stretch.end > stretch.start ? idAt(records, stretch.end - 1) : null
  return { count, every: OUTLINE_EVERY, cursors, latest }
}

function* matching(records: Records, { start, end, matches }: Stretch): Generator<JournalRecord> {
  for (let number = start; number < end; number += 1) {
    const record = records.at(number)
    if (record !== undefined && matches(record.event)) yield record
  }
}
