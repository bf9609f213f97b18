/**
 * What an instance has of a stream that several share: a copy of its newest records in the order of the stream, each with
 * its entry there, and the order in which this process showed them, which differs where some were shown before they arrived.
 */
import type { JournalRecord } from '#server/journal/journal.ts'
import { type Records, Ring } from '#server/journal/records.ts'
import type { Written } from '#server/journal/restore.ts'

/** What is known of a record beside itself. */
interface Mark {
  /** In the order in which this process showed its records. */
  readonly shown: number
  /** Its number in the copy; undefined while it is not in the stream. */
  place: number | undefined
}

export class SharedCopy implements Records {
  readonly #capacity: number
  readonly #ring: Ring
  /** By the number in the copy, modulo its capacity: the entry in the stream. */
  readonly #entryIds: string[] = []
  /** By the cursor of the record. */
  readonly #marks = new Map<string, Mark>()
  #shown = 0
  /** The cursor that was pushed out of the copy last: what comes after it is still here. */
  pushedOut: string | undefined

  constructor(capacity: number) {
    this.#capacity = capacity
    this.#ring = new Ring(capacity)
  }

  get oldest(): number {
    return this.#ring.oldest
  }

  get end(): number {
    return this.#ring.end
  }

  at(number: number): JournalRecord | undefined {
    return this.#ring.at(number)
  }

  /** The number of a record; undefined where it is not in the copy. */
  placeOf(cursor: string): number | undefined {
    return this.#marks.get(cursor)?.place
  }

  /** Whether it is in the copy, or was shown before it arrived. */
  knows(cursor: string): boolean {
    return this.#marks.has(cursor)
  }

  wasShownAfter(cursor: string, other: string): boolean {
    const one = this.#marks.get(cursor)
    const told = this.#marks.get(other)
    return told === undefined || one === undefined || one.shown > told.shown
  }

  /** Shown before it is in the stream. */
  showEarly(cursor: string): void {
    this.#marks.set(cursor, { shown: this.#nextShown(), place: undefined })
  }

  forget(cursor: string): void {
    this.#marks.delete(cursor)
  }

  /** @returns whether it was not shown before */
  keep(record: JournalRecord, entryId: string): boolean {
    if (this.end - this.oldest === this.#capacity) {
      this.pushedOut = this.at(this.oldest)?.event.id
      if (this.pushedOut !== undefined) this.#marks.delete(this.pushedOut)
    }
    const mark = this.#marks.get(record.event.id)
    const place = this.#ring.push(record)
    this.#entryIds[place % this.#capacity] = entryId
    if (mark) mark.place = place
    else this.#marks.set(record.event.id, { shown: this.#nextShown(), place })
    return mark === undefined
  }

  /** It was written twice: the later entry counts. */
  moved(place: number, entryId: string): void {
    this.#entryIds[place % this.#capacity] = entryId
  }

  /** Oldest first. */
  written(): Written[] {
    const written: Written[] = []
    for (let place = this.oldest; place < this.end; place += 1) {
      const record = this.at(place)
      const entryId = this.#entryIds[place % this.#capacity]
      if (record && entryId) written.push({ record, entryId })
    }
    return written
  }

  #nextShown(): number {
    this.#shown += 1
    return this.#shown
  }
}
