/**
 * The journal in a stream of Redis that several instances share. Each appends to it and keeps a copy of its newest events,
 * from which it answers; the order of the stream is the order of all. What an instance appended reaches its readers by way
 * of the stream, like everybody else's. While Redis does not answer, events wait here and are shown at once.
 */
import type { KeepingTrouble } from '#lib/protocol/health.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import { parseCursor } from '#server/journal/cursor.ts'
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
import { OpenInRedis, type SignTimes } from '#server/journal/open-in-redis.ts'
import { OwnEvents } from '#server/journal/own-events.ts'
import { endsIn, lastPageOf, outlineOf, pageOf } from '#server/journal/records.ts'
import { restoreLost } from '#server/journal/restore.ts'
import { createSeen } from '#server/journal/seen.ts'
import { SharedCopy } from '#server/journal/shared-copy.ts'
import { readRecord, SharedView, waiting } from '#server/journal/shared-view.ts'
import { Waiters } from '#server/journal/waiters.ts'
import { Announcer, lagOf, Stamper, type StampOptions } from '#server/journal/writer.ts'
import { BEGINNING, byEntryId, type Entry, entriesOf } from '#server/redis/entries.ts'
import { type Asked, type Followed, type Redis, type RedisGone, RedisRefusal } from '#server/redis/redis.ts'

export interface RedisJournalOptions extends StampOptions {
  readonly redis: Redis
  /** Events that the stream keeps about, that each instance has a copy of, and that wait while Redis is gone. */
  readonly capacity: number
  /** Signs of life come sooner in tests. */
  readonly signs?: SignTimes
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
  readonly #own: OwnEvents
  readonly #view: SharedView
  readonly #open: OpenInRedis
  readonly #waiters = new Waiters()
  #dropped = 0
  #position = BEGINNING
  #epoch: string | undefined
  #isWriting = false
  #isPlanned = false
  #retry: NodeJS.Timeout | undefined
  #isClosed = false

  constructor({ redis, capacity, signs, ...stamp }: RedisJournalOptions) {
    this.#redis = redis
    this.#capacity = capacity
    this.#copy = new SharedCopy(capacity)
    this.#stamper = new Stamper(stamp)
    this.#now = stamp.now ?? Date.now
    this.instance = stamp.instance
    this.#own = new OwnEvents(this.#stamper.origin)
    this.#view = new SharedView(this.#copy, this.#own)
    this.#open = new OpenInRedis({
      redis,
      instance: stamp.instance,
      origin: this.#stamper.origin,
      append: (draft) => this.append(draft),
      settled: () => this.settled(),
      ...(signs && { times: signs }),
    })
    this.key = `${redis.prefix}:events`
    redis.follow(this)
    redis.listen({ up: () => this.#up(), gone: (error) => this.#gone(error) })
  }

  get lag(): JournalLag {
    return lagOf(this.#own.firstUnacknowledged(), this.#own.unacknowledged, this.#now())
  }

  append(draft: EventDraft): JournalRecord {
    return this.#take(this.#stamper.stamp(draft))
  }

  adopt(event: ForeignEvent): JournalRecord {
    return this.#take(this.#stamper.restamp(event))
  }

  async settled(): Promise<boolean> {
    const all = this.#own.taken
    const isDone = () => this.#own.settled >= all
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
    const records = this.#view.records()
    const { start, gap } = this.#view.startAfter(records, after)
    const stretch = this.#view.stretchOf(records, { start, before }, query)
    const page = fromEnd
      ? lastPageOf(records, stretch, { limit, gap })
      : pageOf(records, stretch, { limit, gap, after })
    return page.more ? page : { ...page, position: this.#view.inStream(page.position) }
  }

  async ends(range: JournalRange): Promise<EndsCount> {
    await this.#upToDate()
    const records = this.#view.records()
    return endsIn(records, this.#view.stretchOf(records, { start: records.oldest }, range))
  }

  async outline(range: JournalRange): Promise<JournalOutline> {
    await this.#upToDate()
    const records = this.#view.records()
    const outline = outlineOf(records, this.#view.stretchOf(records, { start: records.oldest }, range))
    return { ...outline, latest: this.#view.inStream(outline.latest) }
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
    await this.#open.leave().catch(() => {})
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
    this.#open.gone()
    this.#redis.close()
    this.#waiters.look()
  }

  position(): string {
    return this.#position
  }

  async agree(redis: Asked): Promise<void> {
    await this.#open.register(redis)
    const lost = await restoreLost(redis, {
      key: this.key,
      instance: this.instance,
      origin: this.#stamper.origin,
      epoch: this.#epoch,
      position: this.#position,
      written: () => this.#copy.written(),
      commandsOf: (record) => this.#commandsOf(record),
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
      else if (this.#own.awaits(cursor)) this.#arriveUpTo(cursor, id)
      else {
        const record = readRecord(cursor, json)
        if (record !== undefined) this.#keep(record, id)
      }
    }
    this.#waiters.look()
  }

  #take(record: JournalRecord): JournalRecord {
    if (this.#isClosed) return record
    this.#ownAnnouncer.announce(record)
    this.#own.take(record)
    this.#open.take(record)
    if (this.trouble !== undefined) {
      this.#showEarly()
      if (this.#own.length > this.#capacity) this.#drop(this.#own.length - this.#capacity)
    }
    if (!this.#isPlanned) setImmediate(() => this.#write())
    this.#isPlanned = true
    return record
  }

  /** Those before it have been in the stream too, and were pushed out before they were read. */
  #arriveUpTo(cursor: string, entryId: string): void {
    for (let record = this.#own.arrive(); record !== undefined; record = this.#own.arrive()) {
      this.#keep(record, entryId)
      if (record.event.id === cursor) return
    }
  }

  #drop(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const record = this.#own.arrive()
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
    for (const record of this.#own.showEarly()) {
      this.#copy.showEarly(record.event.id)
      this.#announcer.announce(waiting(record))
    }
  }

  #commandsOf(record: JournalRecord): string[][] {
    const { event, json } = record
    const most = `${this.#capacity + SLACK}`
    const add = ['XADD', this.key, 'MAXLEN', '~', most, '*', 'c', event.id, 'e', json]
    return [add, ...this.#open.commandsFor(record)]
  }

  /** One batch after the other, so that the order of each connection is kept. */
  async #write(): Promise<void> {
    this.#isPlanned = false
    if (this.#isWriting || this.#isClosed || this.#retry !== undefined) return
    this.#isWriting = true
    try {
      while (this.#redis.isUp && this.#own.unacknowledged > 0) {
        const { records, acknowledge } = this.#own.batch(BATCH)
        await this.#redis.together(records.flatMap((record) => this.#commandsOf(record)))
        acknowledge()
        if (this.trouble === 'redis-refuses') this.#recovered()
        this.#waiters.look()
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
    this.#own.forgetAcknowledgements()
    if (this.trouble !== undefined) this.#recovered()
    this.#write()
    this.#open.up()
  }

  #gone(error: RedisGone | RedisRefusal): void {
    this.#open.gone()
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
    this.#waiters.look()
  }

  #recovered(): void {
    this.trouble = undefined
    const lost = this.#dropped === 0 ? 'No event was lost.' : `${this.#dropped} events were lost meanwhile.`
    this.append({ kind: 'error', code: 'journal-writes-again', message: `The journal writes again. ${lost}` })
  }

  /** Waits until what was appended before is in the copy, by anybody, or until Redis is in trouble. */
  async #upToDate(): Promise<void> {
    if (!this.#isClosed) await this.#redis.tried
    const all = this.#own.taken
    await this.#until(() => this.#own.arrived >= all || this.trouble !== undefined)
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
    return this.#waiters.until(() => this.#isClosed || isSo())
  }
}
