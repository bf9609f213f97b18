/**
 * The journal in a file: what was appended is committed at most 200 ms later, in batches, and stays across restarts. While
 * the file can't be written, events wait in memory, bounded; the journal says so and tries again.
 */
import { isEndKind } from '#lib/protocol/ends.ts'
import type { KeepingTrouble } from '#lib/protocol/health.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import { type Database, isDamage, isFull } from '#server/database/database.ts'
import { fillEndsWithin } from '#server/database/ends.ts'
import { isCursor, parseCursor } from '#server/journal/cursor.ts'
import { FileReader, type Patience } from '#server/journal/file-reader.ts'
import type {
  EventDraft,
  ForeignEvent,
  Journal,
  JournalBounds,
  JournalLag,
  JournalListener,
  JournalOutline,
  JournalPage,
  JournalQuery,
  JournalRange,
  JournalRecord,
} from '#server/journal/journal.ts'
import { beginRun, endRun } from '#server/journal/left-in-file.ts'
import { type Keep, prune } from '#server/journal/prune.ts'
import { addTextBlocks, BLOCK_EVENTS } from '#server/journal/text-blocks.ts'
import { thinHeartbeats } from '#server/journal/thin.ts'
import { Announcer, lagOf, Stamper, type StampOptions } from '#server/journal/writer.ts'

export interface FileJournalOptions extends StampOptions {
  readonly database: Database
  readonly keep: Keep
  /** Events that wait in memory while the file can't be written; the oldest make room. */
  readonly waiting?: number
  readonly patience?: Patience
}

const FLUSH_MS = 100
const RETRY_MS = 1000
const THIN_MS = 60_000
/** The index for searches by text is written this often, a slice at a time: what it takes is a few hundredths of a core. */
const INDEX_MS = 250
/**
 * The event loop is given back after so long. What fits is one transaction: each writes every page that it touched, and
 * the indices of many clients touch many, so few large ones cost half of many small ones.
 */
const SLICE_MS = 10
/** Rows between two looks at the clock. */
const STRIDE = 250
/** Rows of one statement: a fifth less for each than where every row has its own. */
const TOGETHER = 10
const ROW = '(?, ?, ?, ?, ?)'
const INSERT_ONE = `INSERT OR IGNORE INTO events VALUES ${ROW}`
const INSERT_TOGETHER = INSERT_ONE + `, ${ROW}`.repeat(TOGETHER - 1)
/** Rows of one transaction, where no time is given. */
const MOST_ROWS = 20_000

export function createFileJournal(options: FileJournalOptions): Journal {
  return new FileJournal(options)
}

class FileJournal implements Journal {
  readonly instance: string
  readonly #database: Database
  readonly #reader: FileReader
  readonly #keep: Keep
  readonly #waiting: number
  readonly #stamper: Stamper
  readonly #announcer = new Announcer()
  readonly #now: () => number
  /** Not committed yet, oldest first. */
  #pending: JournalRecord[] = []
  /** Events that were taken since the start. */
  #taken = 0
  #timer: NodeJS.Timeout | undefined
  readonly #thinning: NodeJS.Timeout
  readonly #indexing: NodeJS.Timeout
  /** Events taken when all of them that make a whole block were in the index; with as many more there is one again. */
  #indexedAt = Number.NEGATIVE_INFINITY
  /** Events that the last failure made leave; undefined while the file is written. */
  #dropped: number | undefined
  trouble: KeepingTrouble | undefined
  #closed = false

  constructor({ database, keep, waiting = 100_000, patience, ...stamp }: FileJournalOptions) {
    this.#database = database
    this.#keep = keep
    this.#waiting = waiting
    this.#now = stamp.now ?? Date.now
    this.instance = stamp.instance
    this.#reader = new FileReader(database, patience)
    const latest = this.#reader.edge('MAX')
    // A clock that went back while nobody ran must not sort what comes before what there is.
    const notBeforeMs = latest !== null && isCursor(latest) ? parseCursor(latest).timeMs + 1 : 0
    this.#stamper = new Stamper({ ...stamp, notBeforeMs })
    database.prepare('INSERT INTO origins VALUES (?)').run(this.#stamper.origin)
    for (const end of beginRun(database)) this.append(end)
    this.#thinning = setInterval(() => this.#attempt(() => this.#thin()), THIN_MS)
    this.#thinning.unref()
    this.#indexing = setInterval(() => this.#attempt(() => this.#index()), INDEX_MS)
    this.#indexing.unref()
  }

  get lag(): JournalLag {
    return lagOf(this.#pending[0], this.#pending.length, this.#now())
  }

  append(draft: EventDraft): JournalRecord {
    return this.#take(this.#stamper.stamp(draft))
  }

  adopt(event: ForeignEvent): JournalRecord {
    return this.#take(this.#stamper.restamp(event))
  }

  async settled(): Promise<boolean> {
    const all = this.#taken
    while (this.#taken - this.#pending.length < all) {
      if (this.#closed || !this.#attempt(() => this.#flush(performance.now() + SLICE_MS))) return false
      await new Promise(setImmediate)
    }
    return true
  }

  async caughtUp(): Promise<void> {}

  #take(record: JournalRecord): JournalRecord {
    this.#announcer.announce(record)
    if (this.#closed) return record
    this.#pending.push(record)
    this.#taken += 1
    if (this.#dropped !== undefined && this.#pending.length > this.#waiting) {
      this.#dropped += this.#pending.splice(0, this.#pending.length - this.#waiting).length
    }
    this.#timer ??= setTimeout(() => this.#work(), FLUSH_MS)
    return record
  }

  async read(query: JournalQuery): Promise<JournalPage> {
    const origin = query.after === undefined ? undefined : parseCursor(query.after).origin
    if (query.before !== undefined) parseCursor(query.before)
    this.#attempt(() => this.#flush())
    return this.#readable(() => this.#reader.page(query, origin))
  }

  async ends(range: JournalRange): Promise<EndsCount> {
    this.#attempt(() => this.#flush())
    return this.#readable(() => this.#reader.ends(range))
  }

  async outline(range: JournalRange): Promise<JournalOutline | null> {
    this.#attempt(() => this.#flush())
    return this.#readable(() => this.#reader.outline(range))
  }

  /** Where a page of the file is damaged, what follows is read from a fresh one. */
  async #readable<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#failed(error)
      return await work()
    }
  }

  async bounds(): Promise<JournalBounds> {
    this.#attempt(() => this.#flush())
    return this.#readable(() => ({ oldest: this.#reader.edge('MIN'), latest: this.#reader.edge('MAX') }))
  }

  subscribe(listener: JournalListener): () => void {
    return this.#announcer.subscribe(listener)
  }

  subscribeOwn(listener: JournalListener): () => void {
    return this.#announcer.subscribe(listener)
  }

  isAfter({ event }: JournalRecord, cursor: string): boolean {
    return event.id > cursor
  }

  async close(): Promise<void> {
    this.#announcer.close()
    this.#attempt(() => {
      this.#flush()
      endRun(this.#database)
    })
    this.#closed = true
    clearTimeout(this.#timer)
    clearInterval(this.#thinning)
    clearInterval(this.#indexing)
  }

  /** In slices, so that a burst holds nobody up. */
  #work(): void {
    this.#timer = undefined
    if (this.#closed || !this.#database.isOpen) return
    const isWritten = this.#attempt(() => {
      this.#flush(performance.now() + SLICE_MS)
      prune(this.#database, this.#keep, this.#now())
    })
    if (!isWritten) this.#timer = setTimeout(() => this.#work(), RETRY_MS)
    else if (this.#pending.length > 0) this.#timer = setTimeout(() => this.#work(), 0)
  }

  #flush(untilMs = Infinity): void {
    while (this.#pending.length > 0 && performance.now() < untilMs) {
      const most = Math.min(this.#pending.length, MOST_ROWS)
      let written = 0
      const ends: string[] = []
      this.#database.transaction(() => {
        while (written < most) {
          if (written % STRIDE === 0 && written > 0 && performance.now() >= untilMs) break
          const count = most - written < TOGETHER ? 1 : TOGETHER
          const records = this.#pending.slice(written, written + count)
          const insert = this.#database.prepare(count === 1 ? INSERT_ONE : INSERT_TOGETHER)
          insert.run(...records.flatMap(rowOf))
          for (const { event } of records) if (isEndKind(event.kind)) ends.push(event.id)
          written += count
        }
        const [first] = ends
        if (first !== undefined) this.#database.prepare(fillEndsWithin).run(first, ends.at(-1) ?? first)
      })
      this.#pending.splice(0, written)
    }
    if (untilMs === Infinity) prune(this.#database, this.#keep, this.#now())
  }

  #thin(): void {
    thinHeartbeats(this.#database, this.#now(), performance.now() + SLICE_MS)
  }

  /** Not while a burst waits to be written. */
  #index(): void {
    if (this.#pending.length >= MOST_ROWS || this.#taken - this.#indexedAt < BLOCK_EVENTS) return
    if (!addTextBlocks(this.#database, performance.now() + SLICE_MS)) this.#indexedAt = this.#taken
  }

  /** @returns whether it worked; what failed is told once, and that it works again, too */
  #attempt(work: () => void): boolean {
    try {
      work()
      this.#recovered()
      return true
    } catch (error) {
      this.#failed(error)
      return false
    }
  }

  #failed(error: unknown): void {
    if (isDamage(error) && this.#replaced()) return
    if (this.#dropped !== undefined) return
    this.#dropped = 0
    this.trouble = isFull(error) ? 'disk-full' : 'unwritable'
    const why = isFull(error) ? 'the disk is full' : error instanceof Error ? error.message : String(error)
    const message = `The journal cannot write ${this.#database.file}: ${why}. Events are kept in memory until it can.`
    this.append({ kind: 'error', code: isFull(error) ? 'journal-disk-full' : 'journal-unwritable', message })
  }

  /** @returns false where no fresh file can be had: a full disk may be damaged, too */
  #replaced(): boolean {
    try {
      const aside = this.#database.replace()
      this.#database.prepare('INSERT OR IGNORE INTO origins VALUES (?)').run(this.#stamper.origin)
      const message = `The file of the journal was damaged. It is ${aside} now. A fresh one has what could be read of it.`
      this.append({ kind: 'error', code: 'journal-damaged', message })
      return true
    } catch {
      return false
    }
  }

  #recovered(): void {
    if (this.#dropped === undefined) return
    const dropped = this.#dropped
    this.#dropped = undefined
    this.trouble = undefined
    const lost = dropped === 0 ? 'No event was lost.' : `${dropped} events were lost meanwhile.`
    this.append({ kind: 'error', code: 'journal-writes-again', message: `The journal writes again. ${lost}` })
  }
}

function rowOf({ event, json }: JournalRecord): (string | null)[] {
  const { id, kind, client_id = null, trace = null } = event
  return [id, kind, client_id as string | null, trace as string | null, json]
}
