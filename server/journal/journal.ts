/**
 * The contract of the event log: what every journal promises, wherever it keeps its events.
 *
 * Reads are asynchronous and cursors opaque, so that a journal in a file or one shared by several instances
 * fits behind the same interface; `tests/server/journal/conformance.ts` runs on each of them.
 */
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import type { DiagnosticEvent, KindBesideConnections } from '#lib/protocol/events.ts'
import type { KeepingTrouble } from '#lib/protocol/health.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'

/** What the journal adds to a draft: where it stands in the log, when it was written, and by whom. */
type Stamp = 'id' | 'at' | 'instance'

/**
 * An event as its emitter knows it. Distributes over the union, so `kind` still tells the fields apart, and
 * names the known fields only: the wire's objects are loose, what we write ourselves is not.
 */
export type EventDraft = DiagnosticEvent extends infer E
  ? E extends DiagnosticEvent
    ? { [K in keyof E as string extends K ? never : number extends K ? never : Exclude<K, Stamp>]: E[K] }
    : never
  : never

type WithoutConnection<D> = D extends { kind: KindBesideConnections }
  ? never
  : Omit<D, 'client_id' | 'endpoint' | 'trace'>

/** A draft before the connection has put its own name on it. */
export type ConnectionDraft = WithoutConnection<EventDraft>

/** An event of somebody else's server, under the name of its service. */
export type ForeignEvent = DiagnosticEvent & { readonly service: string }

/** An event and its JSON, which is made once, however many readers and log lines want it. */
export interface JournalRecord {
  readonly event: DiagnosticEvent
  readonly json: string
  /** Shown before it is where the journal keeps it: what others wrote meanwhile may come before it, so nobody goes on behind it. */
  readonly isWaiting?: true
}

/** What is missing: the events after one cursor and before another, both exclusive. Null is the end of what is kept. */
export interface Gap {
  readonly after: string | null
  readonly before: string | null
}

/** Which events: what they say, and when the journal took them, in milliseconds since the Unix epoch (`untilMs` exclusive). */
export interface JournalRange {
  readonly filter?: EventFilter | undefined
  readonly sinceMs?: number | undefined
  readonly untilMs?: number | undefined
}

export interface JournalQuery extends JournalRange {
  /** Exclusive. A well-formed cursor that this journal does not hold (any more) reads from the oldest and says so in `gap`. */
  readonly after?: string | undefined
  /** Exclusive. */
  readonly before?: string | undefined
  /** Records at most, 1 or more. */
  readonly limit: number
  /** The last records that match instead of the first; still oldest first. */
  readonly fromEnd?: boolean | undefined
}

export interface JournalPage {
  /** Oldest first. */
  readonly records: readonly JournalRecord[]
  /** Set when what came right after `after` is not kept any more, or never was by this journal. */
  readonly gap: Gap | null
  /** Where to go on: the last record that was looked at. Null when there was nothing to stand on. */
  readonly position: string | null
  /** Whether more records may match after `position`. A page that took long is cut short there, even an empty one. */
  readonly more: boolean
  /** With `fromEnd`: the cursor `before` which older records may match; null when there are none. */
  readonly earlier: string | null
}

/** So many records match; the cursor of every so manieth of them, oldest first. */
export interface JournalOutline {
  readonly count: number
  readonly every: number
  readonly cursors: readonly string[]
  /** The last record that was looked at: what comes after it is not counted. Null when there was none. */
  readonly latest: string | null
}

/** The cursors at both ends of what is kept; both null while the journal is empty. */
export interface JournalBounds {
  readonly oldest: string | null
  readonly latest: string | null
}

/** Events that were taken and are not yet where the journal keeps them. */
export interface JournalLag {
  readonly events: number
  /** How long the oldest of them has waited. */
  readonly ms: number
}

export const NOTHING_WAITS: JournalLag = { events: 0, ms: 0 }

/** Called with everything that was appended during one turn of the event loop, in order. Must not throw. */
export type JournalListener = (records: readonly JournalRecord[]) => void

export interface Journal {
  /** Names the process that writes: the `instance` of its events. */
  readonly instance: string
  /** Why it does not keep events as it should at this moment; they wait in memory. */
  readonly trouble: KeepingTrouble | undefined
  readonly lag: JournalLag
  /**
   * Stamps the draft and takes it into the log. Returns at once, before any disk or network has answered, so that
   * a log line can be written from the same record. It may still be called after `close`, for the log's sake.
   */
  append(draft: EventDraft): JournalRecord
  /**
   * Takes an event of somebody else's server into the log: it keeps its time and instance, gets a cursor of this journal as
   * its `id`, and what its sender called it as `source_id`.
   */
  adopt(event: ForeignEvent): JournalRecord
  /** Resolves once all that was appended is where the journal keeps it; false while it can't be kept there. */
  settled(): Promise<boolean>
  /** Resolves once listeners have been given what other processes appended before. */
  caughtUp(): Promise<void>
  /** One page, oldest first. Rejects with a `CursorError` when `after` or `before` is not a cursor at all. */
  read(query: JournalQuery): Promise<JournalPage>
  bounds(): Promise<JournalBounds>
  /** The ends of connections among the events, counted. */
  ends(range: JournalRange): Promise<EndsCount>
  /** Null where only reading every event would tell. */
  outline(range: JournalRange): Promise<JournalOutline | null>
  /**
   * Delivers new records until the returned function is called: of every process that shares the journal, in one order.
   * A listener may be given records that were appended shortly before it subscribed; `isAfter` tells.
   */
  subscribe(listener: JournalListener): () => void
  /** Delivers what this process takes into the log, at the end of the turn in which it does. */
  subscribeOwn(listener: JournalListener): () => void
  /** Whether a delivered record is news to whom everything up to this cursor has been told. */
  isAfter(record: JournalRecord, cursor: string): boolean
  /** Delivers what is still waiting, then nothing more. */
  close(): Promise<void>
}
