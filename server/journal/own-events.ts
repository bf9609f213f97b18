/** What this instance appended to a stream that several share, and has not read back from it yet: first in, first back. */
import { isCursor, parseCursor } from '#server/journal/cursor.ts'
import type { JournalRecord } from '#server/journal/journal.ts'
import { Queue } from '#server/journal/queue.ts'

export class OwnEvents {
  readonly #origin: string
  readonly #queue = new Queue<JournalRecord>()
  /** Of those here, the first so many have been acknowledged. */
  #acknowledged = 0
  /** Of those here, the first so many have been shown already. */
  #early = 0
  /** All that were taken, and those that are in the copy or were dropped. */
  #taken = 0
  #arrived = 0

  /** @param origin of the cursors of this process */
  constructor(origin: string) {
    this.#origin = origin
  }

  get length(): number {
    return this.#queue.length
  }

  get early(): number {
    return this.#early
  }

  get taken(): number {
    return this.#taken
  }

  get arrived(): number {
    return this.#arrived
  }

  /** Of all that were taken, so many are in the stream as far as anybody knows, or were dropped. */
  get settled(): number {
    return this.#arrived + this.#acknowledged
  }

  get unacknowledged(): number {
    return this.#queue.length - this.#acknowledged
  }

  /** Counted from the one that comes back next. */
  at(index: number): JournalRecord | undefined {
    return this.#queue.at(index)
  }

  firstUnacknowledged(): JournalRecord | undefined {
    return this.#queue.at(this.#acknowledged)
  }

  take(record: JournalRecord): void {
    this.#queue.push(record)
    this.#taken += 1
  }

  /** The next to be written. Call the function once they are. */
  batch(most: number): { records: readonly JournalRecord[]; acknowledge: () => void } {
    const records = this.#queue.slice(this.#acknowledged, this.#acknowledged + most)
    const upTo = this.settled + records.length
    const acknowledge = () => {
      this.#acknowledged = Math.max(this.#acknowledged, upTo - this.#arrived)
    }
    return { records, acknowledge }
  }

  /** What was sent and did not come back was lost on the way. */
  forgetAcknowledgements(): void {
    this.#acknowledged = 0
  }

  /** The next one is back, or is given up. */
  arrive(): JournalRecord | undefined {
    const record = this.#queue.shift()
    this.#acknowledged = Math.max(0, this.#acknowledged - 1)
    this.#early = Math.max(0, this.#early - 1)
    this.#arrived += 1
    return record
  }

  /** Those that were not shown yet, which they are from now on. */
  *showEarly(): Generator<JournalRecord> {
    for (; this.#early < this.#queue.length; this.#early += 1) {
      const record = this.#queue.at(this.#early)
      if (record !== undefined) yield record
    }
  }

  /** Whether it waits here for its return: the cursors of those that do follow one another. */
  awaits(cursor: string): boolean {
    const first = this.#queue.at(0)?.event.id
    if (first === undefined || !isCursor(cursor)) return false
    const { origin, sequence } = parseCursor(cursor)
    const at = sequence - parseCursor(first).sequence
    return origin === this.#origin && this.#queue.at(at)?.event.id === cursor
  }
}
