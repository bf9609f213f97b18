/** What every journal does with a draft, wherever it keeps it: stamps it, and tells those who listen. */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { beginCursor, createOrigin, endCursor, parseCursor } from '#server/journal/cursor.ts'
import {
  type EventDraft,
  type ForeignEvent,
  type JournalLag,
  type JournalListener,
  type JournalRecord,
  NOTHING_WAITS,
} from '#server/journal/journal.ts'
import { jsonText } from '#server/wire/json.ts'

/** Stringifies when first asked: with nobody watching, most events never are. */
class FreshRecord implements JournalRecord {
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

export interface StampOptions {
  readonly instance: string
  /** Milliseconds since the Unix epoch. */
  readonly now?: () => number
  /** No cursor is before this moment, in milliseconds since the Unix epoch. */
  readonly notBeforeMs?: number
}

/** Gives drafts their cursors: one origin, whose time never goes back and whose sequence only grows. */
export class Stamper {
  readonly origin = createOrigin()
  readonly #instance: string
  readonly #now: () => number
  #timeMs: number
  /** Of the cursors of this millisecond. */
  #beginning: string
  /** The sequence of the next record. */
  #next = 0

  constructor({ instance, now = Date.now, notBeforeMs = 0 }: StampOptions) {
    this.#instance = instance
    this.#now = now
    this.#timeMs = notBeforeMs
    this.#beginning = beginCursor(notBeforeMs, this.origin)
  }

  stamp(draft: EventDraft): JournalRecord {
    const now = this.#now()
    const id = this.#cursor(now)
    return new FreshRecord({ id, at: now / 1000, instance: this.#instance, ...draft })
  }

  /** The time of a foreign clock stays in the event and has no say in its cursor. */
  restamp(event: ForeignEvent): JournalRecord {
    return new FreshRecord({ ...event, id: this.#cursor(this.#now()), source_id: event.id })
  }

  #cursor(now: number): string {
    const timeMs = Math.max(this.#timeMs, Math.trunc(now))
    if (timeMs !== this.#timeMs) {
      this.#timeMs = timeMs
      this.#beginning = beginCursor(timeMs, this.origin)
    }
    const id = this.#beginning + endCursor(this.#next)
    this.#next += 1
    return id
  }
}

/** @param oldest of those that wait */
export function lagOf(oldest: JournalRecord | undefined, events: number, nowMs: number): JournalLag {
  if (oldest === undefined) return NOTHING_WAITS
  return { events, ms: Math.max(0, nowMs - parseCursor(oldest.event.id).timeMs) }
}

/** Tells listeners what came during one turn of the event loop, at its end. */
export class Announcer {
  readonly #listeners = new Set<JournalListener>()
  #fresh: JournalRecord[] = []
  #closed = false

  announce(record: JournalRecord): void {
    if (!this.#closed && this.#fresh.push(record) === 1) setImmediate(() => this.#deliver())
  }

  subscribe(listener: JournalListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Delivers what waits, then nothing more. */
  close(): void {
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
}
