/**
 * The journal in a stream of Redis that several instances share. Each appends to it and keeps a copy of its newest events,
 * from which it answers; the order of the stream is the order of all. What an instance appended reaches its readers by way
 * of the stream, like everybody else's. While Redis does not answer, events wait here and are shown at once.
 */
import { type DiagnosticEvent, eventKinds } from '#lib/protocol/events.ts'
import type { KeepingTrouble } from '#lib/protocol/health.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import { cursorAt, isCursor, parseCursor } from '#server/journal/cursor.ts'
import type {
  EventDraft,
  ForeignEvent,
  Gap,
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
import { Queue } from '#server/journal/queue.ts'
import {
  endsIn,
  lastPageOf,
  matcherOf,
  outlineOf,
  pageOf,
  type Records,
  type Stretch,
} from '#server/journal/records.ts'
import { restoreLost } from '#server/journal/restore.ts'
import { createSeen } from '#server/journal/seen.ts'
import { SharedCopy } from '#server/journal/shared-copy.ts'
import { Announcer, lagOf, Stamper, type StampOptions } from '#server/journal/writer.ts'
import { BEGINNING, byEntryId, type Entry, entriesOf } from '#server/redis/entries.ts'
import { type Asked, type Followed, type Redis, type RedisGone, RedisRefusal } from '#server/redis/redis.ts'

export interface RedisJournalOptions extends StampOptions {
  readonly redis: Redis
  /** Events that the stream keeps about, that each instance has a copy of, and that wait while Redis is gone. */
  readonly capacity: number
}

const BATCH = 500
/** What one batch adds is not pushed out before anybody could read it. */
const SLACK = 2 * BATCH
const REFUSED_RETRY_MS = 1000
const CLOSE_MS = 500

export function createRedisJournal(options: RedisJournalOptions): Journal {
  return new RedisJournal(options)
}

class RedisJournal implements Journal, Followed {
  readonly instance: string
  readonly key: string
  trouble: KeepingTrouble | undefined
  readonly #redis: Redis
  readonly #capacity: number
  readonly #now: () => number
  readonly #stamper: Stamper
  readonly #announcer = new Announcer()
  readonly #ownAnnouncer = new Announcer()
  readonly #copy: SharedCopy
  readonly #seen = createSeen()
  /** Appended, and not read back yet. */
  readonly #own = new Queue<JournalRecord>()
  /** Of these, the first so many have been acknowledged by Redis. */
  #acknowledged = 0
  /** Of these, the first so many have been shown already. */
  #early = 0
  /** Own events taken, and those that are in the copy or were dropped. */
  #taken = 0
  #arrived = 0
  #dropped = 0
  #position = BEGINNING
  #epoch: string | undefined
  #isWriting = false
  #isPlanned = false
  #retry: NodeJS.Timeout | undefined
  #isClosed = false
  #waiting: { readonly until: () => boolean; readonly done: () => void }[] = []

  constructor({ redis, capacity, ...stamp }: RedisJournalOptions) {
    this.#redis = redis
    this.#capacity = capacity
    this.#copy = new SharedCopy(capacity)
    this.#stamper = new Stamper(stamp)
    this.#now = stamp.now ?? Date.now
    this.instance = stamp.instance
    this.key = `${redis.prefix}:events`
    redis.follow(this)
    redis.listen({ up: () => this.#up(), gone: (error) => this.#gone(error) })
  }

  get lag(): JournalLag {
    return lagOf(this.#own.at(this.#acknowledged), this.#own.length - this.#acknowledged, this.#now())
  }

  append(draft: EventDraft): JournalRecord {
    return this.#take(this.#stamper.stamp(draft))
  }

  adopt(event: ForeignEvent): JournalRecord {
    return this.#take(this.#stamper.restamp(event))
  }

  async settled(): Promise<boolean> {
    const all = this.#taken
    const isDone = () => this.#arrived + this.#acknowledged >= all
    await this.#until(() => isDone() || this.trouble !== undefined)
    return isDone()
  }

  async caughtUp(): Promise<void> {
    await this.#readNewest()
    // Listeners are told at the end of the turn.
    await new Promise(setImmediate)
  }

  async read(query: JournalQuery): Promise<JournalPage> {
    const { after, before, limit, fromEnd = false } = query
    for (const cursor of [after, before]) if (cursor !== undefined) parseCursor(cursor)
    await this.#upToDate()
    const view = this.#view()
    const { start, gap } = this.#startAfter(view, after)
    const stretch = this.#stretchOf(view, { start, before }, query)
    const page = fromEnd
      ? lastPageOf(view, stretch, { limit, gap })
      : pageOf(view, stretch, { limit, gap, after })
    return page.more ? page : { ...page, position: this.#inStream(page.position) }
  }

  async ends(range: JournalRange): Promise<EndsCount> {
    await this.#upToDate()
    const view = this.#view()
    return endsIn(view, this.#stretchOf(view, { start: view.oldest }, range))
  }

  async outline(range: JournalRange): Promise<JournalOutline> {
    await this.#upToDate()
    const view = this.#view()
    const outline = outlineOf(view, this.#stretchOf(view, { start: view.oldest }, range))
    return { ...outline, latest: this.#inStream(outline.latest) }
  }

  async bounds(): Promise<JournalBounds> {
    await this.#upToDate()
    const { oldest, end } = this.#copy
    return {
      oldest: this.#copy.at(oldest)?.event.id ?? null,
      latest: this.#copy.at(end - 1)?.event.id ?? null,
    }
  }

  isAfter({ event }: JournalRecord, cursor: string): boolean {
    return this.#copy.wasShownAfter(event.id, cursor)
  }

  subscribe(listener: JournalListener): () => void {
    return this.#announcer.subscribe(listener)
  }

  subscribeOwn(listener: JournalListener): () => void {
    return this.#ownAnnouncer.subscribe(listener)
  }

  /** What Redis does not take in half a second is shown all the same. */
  async close(): Promise<void> {
    const patience = setTimeout(() => this.#end(), CLOSE_MS)
    await this.#upToDate()
    clearTimeout(patience)
    this.#end()
  }

  #end(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#showEarly()
    this.#announcer.close()
    this.#ownAnnouncer.close()
    clearTimeout(this.#retry)
    this.#redis.close()
    this.#look()
  }

  position(): string {
    return this.#position
  }

  async agree(redis: Asked): Promise<void> {
    const lost = await restoreLost(redis, {
      key: this.key,
      instance: this.instance,
      origin: this.#stamper.origin,
      epoch: this.#epoch,
      position: this.#position,
      written: () => this.#copy.written(),
      commandOf: (record) => this.#commandOf(record),
    })
    this.#epoch = lost.epoch
    this.#position = lost.position
    if (lost.restored === 0) return
    const message = `Redis lost ${lost.restored} events when it ended. They were written again.`
    this.append({ kind: 'error', code: 'journal-restored', message })
  }

  take(entries: readonly Entry[]): void {
    for (const { id, fields } of entries) {
      this.#position = id
      const { c: cursor = '', e: json = '' } = fields
      const place = this.#copy.placeOf(cursor)
      // Written twice, because nobody heard an answer or it was restored.
      if (place !== undefined) this.#copy.moved(place, id)
      else if (this.#isOwn(cursor)) this.#arriveUpTo(cursor, id)
      else {
        const record = recordOf(cursor, json)
        if (record !== undefined) this.#keep(record, id)
      }
    }
    this.#look()
  }

  #take(record: JournalRecord): JournalRecord {
    if (this.#isClosed) return record
    this.#ownAnnouncer.announce(record)
    this.#own.push(record)
    this.#taken += 1
    if (this.trouble !== undefined) {
      this.#showEarly()
      if (this.#own.length > this.#capacity) this.#drop(this.#own.length - this.#capacity)
    }
    if (!this.#isPlanned) setImmediate(() => this.#write())
    this.#isPlanned = true
    return record
  }

  /** Whether it waits for its return: the cursors of those that do follow one another. */
  #isOwn(cursor: string): boolean {
    const first = this.#own.at(0)?.event.id
    if (first === undefined || !isCursor(cursor)) return false
    const { origin, sequence } = parseCursor(cursor)
    const at = sequence - parseCursor(first).sequence
    return origin === this.#stamper.origin && this.#own.at(at)?.event.id === cursor
  }

  /** Those before it have been in the stream too, and were pushed out before they were read. */
  #arriveUpTo(cursor: string, entryId: string): void {
    for (let record = this.#arrive(); record !== undefined; record = this.#arrive()) {
      this.#keep(record, entryId)
      if (record.event.id === cursor) return
    }
  }

  #arrive(): JournalRecord | undefined {
    const record = this.#own.shift()
    this.#acknowledged = Math.max(0, this.#acknowledged - 1)
    this.#early = Math.max(0, this.#early - 1)
    this.#arrived += 1
    return record
  }

  #drop(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const record = this.#arrive()
      if (record) this.#copy.forget(record.event.id)
    }
    this.#dropped += count
  }

  #keep(record: JournalRecord, entryId: string): void {
    const { id, instance, source_id } = record.event
    // Its sender told it to two instances, since the first one fell silent. All of them drop the same one.
    if (typeof source_id === 'string' && !this.#seen.isNew(instance, source_id)) {
      this.#copy.forget(id)
      return
    }
    if (this.#copy.keep(record, entryId)) this.#announcer.announce(record)
  }

  /** Shows own events that are not in the stream yet. */
  #showEarly(): void {
    for (; this.#early < this.#own.length; this.#early += 1) {
      const record = this.#own.at(this.#early)
      if (record === undefined) continue
      this.#copy.showEarly(record.event.id)
      this.#announcer.announce(waiting(record))
    }
  }

  #commandOf({ event, json }: JournalRecord): string[] {
    const most = `${this.#capacity + SLACK}`
    return ['XADD', this.key, 'MAXLEN', '~', most, '*', 'c', event.id, 'e', json]
  }

  /** One batch after the other, so that the order of each connection is kept. */
  async #write(): Promise<void> {
    this.#isPlanned = false
    if (this.#isWriting || this.#isClosed || this.#retry !== undefined) return
    this.#isWriting = true
    try {
      while (this.#redis.isUp && this.#acknowledged < this.#own.length) {
        const batch = this.#own.slice(this.#acknowledged, this.#acknowledged + BATCH)
        const upTo = this.#arrived + this.#acknowledged + batch.length
        await this.#redis.together(batch.map((record) => this.#commandOf(record)))
        this.#acknowledged = Math.max(this.#acknowledged, upTo - this.#arrived)
        if (this.trouble === 'redis-refuses') this.#recovered()
        this.#look()
      }
    } catch (error) {
      if (error instanceof RedisRefusal) this.#refused(error)
    } finally {
      this.#isWriting = false
    }
  }

  #refused(error: RedisRefusal): void {
    this.#begin('redis-refuses', error)
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      this.#write()
    }, REFUSED_RETRY_MS)
  }

  #up(): void {
    // What was sent and is not in the stream by now was lost on the way.
    this.#acknowledged = 0
    if (this.trouble !== undefined) this.#recovered()
    this.#write()
  }

  #gone(error: RedisGone | RedisRefusal): void {
    this.#begin(error instanceof RedisRefusal ? 'redis-refuses' : 'redis-gone', error)
  }

  #begin(trouble: KeepingTrouble, { message }: Error): void {
    if (this.trouble !== undefined || this.#isClosed) return
    this.trouble = trouble
    this.#dropped = 0
    const says = trouble === 'redis-gone' ? 'cannot reach Redis' : 'is refused by Redis'
    this.append({
      kind: 'error',
      code: `journal-${trouble}`,
      message: `The journal ${says} at ${this.#redis.address}: ${message}. Events are kept in memory until it can.`,
    })
    this.#look()
  }

  #recovered(): void {
    this.trouble = undefined
    const lost = this.#dropped === 0 ? 'No event was lost.' : `${this.#dropped} events were lost meanwhile.`
    this.append({ kind: 'error', code: 'journal-writes-again', message: `The journal writes again. ${lost}` })
  }

  /** Waits until what was appended before is in the copy, by anybody, or until Redis is in trouble. */
  async #upToDate(): Promise<void> {
    if (!this.#isClosed) await this.#redis.tried
    const all = this.#taken
    await this.#until(() => this.#arrived >= all || this.trouble !== undefined)
    await this.#readNewest()
  }

  async #readNewest(): Promise<void> {
    if (!this.#redis.isUp) return
    try {
      const newest = entriesOf(await this.#redis.ask(['XREVRANGE', this.key, '+', '-', 'COUNT', '1']))[0]
      if (newest === undefined) return
      await this.#until(() => byEntryId(this.#position, newest.id) >= 0 || this.trouble !== undefined)
    } catch {
      // What others wrote cannot be known now, and the journal says so.
    }
  }

  #until(isSo: () => boolean): Promise<void> {
    const until = () => this.#isClosed || isSo()
    if (until()) return Promise.resolve()
    return new Promise((done) => {
      this.#waiting.push({ until, done })
    })
  }

  #look(): void {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = waiting.filter(({ until }) => !until())
    for (const { until, done } of waiting) if (until()) done()
  }

  /** The copy, and behind it what was shown before it was in the stream. */
  #view(): Records {
    const { oldest, end } = this.#copy
    return {
      oldest,
      end: end + this.#early,
      at: (number) => {
        if (number < end) return this.#copy.at(number)
        const record = this.#own.at(number - end)
        return record && waiting(record)
      },
    }
  }

  #startAfter(view: Records, after: string | undefined): { start: number; gap: Gap | null } {
    if (after === undefined || after === this.#copy.pushedOut) return { start: view.oldest, gap: null }
    if (this.#copy.knows(after)) return { start: this.#placeOf(after) + 1, gap: null }
    return { start: view.oldest, gap: { after, before: view.at(view.oldest)?.event.id ?? null } }
  }

  /** What others write meanwhile comes before an event that waits: whoever goes on behind that would never see it. */
  #inStream(cursor: string | null): string | null {
    if (cursor === null || this.#copy.placeOf(cursor) !== undefined) return cursor
    return this.#copy.at(this.#copy.end - 1)?.event.id ?? null
  }

  /** In the view, of a cursor that the copy knows. */
  #placeOf(cursor: string): number {
    const place = this.#copy.placeOf(cursor)
    if (place !== undefined) return place
    for (let at = 0; at < this.#early; at += 1) {
      if (this.#own.at(at)?.event.id === cursor) return this.#copy.end + at
    }
    return this.#copy.end - 1
  }

  /** Clocks of instances differ, so that times are looked at one by one. */
  #stretchOf(
    view: Records,
    { start, before }: { start: number; before?: string | undefined },
    { filter, sinceMs, untilMs }: JournalRange,
  ): Stretch {
    const wanted = matcherOf(filter)
    const isKnown = before !== undefined && this.#copy.knows(before)
    const end = isKnown ? this.#placeOf(before) : view.end
    const least = sinceMs === undefined ? '' : cursorAt(sinceMs)
    const most = untilMs === undefined ? '~' : cursorAt(untilMs)
    const bound = before === undefined || isKnown || before > most ? most : before
    return { start, end, matches: (event) => event.id >= least && event.id < bound && wanted(event) }
  }
}

const waiting = (record: JournalRecord): JournalRecord => ({
  event: record.event,
  get json() {
    return record.json
  },
  isWaiting: true,
})

const kinds: ReadonlySet<string> = new Set(eventKinds)

/** Undefined for what is not an event of this version. */
function recordOf(cursor: string, json: string): JournalRecord | undefined {
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
