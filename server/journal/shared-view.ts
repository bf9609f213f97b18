/** What a reader of a shared stream is shown: the copy of it, and behind that what this instance showed before it was there. */

import { type DiagnosticEvent, eventKinds } from '#lib/protocol/events.ts'
import { cursorAt, isCursor } from '#server/journal/cursor.ts'
import type { Gap, JournalRange, JournalRecord } from '#server/journal/journal.ts'
import type { OwnEvents } from '#server/journal/own-events.ts'
import { matcherOf, type Records, type Stretch } from '#server/journal/records.ts'
import type { SharedCopy } from '#server/journal/shared-copy.ts'

export class SharedView {
  readonly #copy: SharedCopy
  readonly #own: OwnEvents

  constructor(copy: SharedCopy, own: OwnEvents) {
    this.#copy = copy
    this.#own = own
  }

  records(): Records {
    const { oldest, end } = this.#copy
    return {
      oldest,
      end: end + this.#own.early,
      at: (number) => {
        if (number < end) return this.#copy.at(number)
        const record = this.#own.at(number - end)
        return record && waiting(record)
      },
    }
  }

  startAfter(records: Records, after: string | undefined): { start: number; gap: Gap | null } {
    if (after === undefined || after === this.#copy.pushedOut) return { start: records.oldest, gap: null }
    if (this.#copy.knows(after)) return { start: this.#placeOf(after) + 1, gap: null }
    return { start: records.oldest, gap: { after, before: records.at(records.oldest)?.event.id ?? null } }
  }

  /** What others write meanwhile comes before an event that waits: whoever goes on behind that would never see it. */
  inStream(cursor: string | null): string | null {
    if (cursor === null || this.#copy.placeOf(cursor) !== undefined) return cursor
    return this.#copy.at(this.#copy.end - 1)?.event.id ?? null
  }

  /** Clocks of instances differ, so that times are looked at one by one. */
  stretchOf(
    records: Records,
    { start, before }: { start: number; before?: string | undefined },
    { filter, sinceMs, untilMs }: JournalRange,
  ): Stretch {
    const wanted = matcherOf(filter)
    const isKnown = before !== undefined && this.#copy.knows(before)
    const end = isKnown ? this.#placeOf(before) : records.end
    const least = sinceMs === undefined ? '' : cursorAt(sinceMs)
    const most = untilMs === undefined ? '~' : cursorAt(untilMs)
    const bound = before === undefined || isKnown || before > most ? most : before
    return { start, end, matches: (event) => event.id >= least && event.id < bound && wanted(event) }
  }

  /** Of a cursor that the copy knows. */
  #placeOf(cursor: string): number {
    const place = this.#copy.placeOf(cursor)
    if (place !== undefined) return place
    for (let at = 0; at < this.#own.early; at += 1) {
      if (this.#own.at(at)?.event.id === cursor) return this.#copy.end + at
    }
    return this.#copy.end - 1
  }
}

/** As it is shown before it is in the stream. */
export const waiting = (record: JournalRecord): JournalRecord => ({
  event: record.event,
  get json() {
    return record.json
  },
  isWaiting: true,
})

const kinds: ReadonlySet<string> = new Set(eventKinds)

/** From the stream; undefined for what is not an event of this version. */
export function readRecord(cursor: string, json: string): JournalRecord | undefined {
  try {
    const event = JSON.parse(json) as DiagnosticEvent
    const isEvent = isCursor(cursor) && event.id === cursor && kinds.has(event.kind)
    return isEvent && typeof event.at === 'number' && typeof event.instance === 'string'
      ? { event, json }
      : undefined
  } catch {
    return undefined
  }
}
