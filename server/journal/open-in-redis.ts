/**
 * Which connections each instance has open, in Redis beside its events: an instance that is killed tells no ends, so another
 * one tells them. Each instance gives a sign of life every few seconds, on the clock of Redis.
 */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { parseCursor } from '#server/journal/cursor.ts'
import type { EventDraft, JournalRecord } from '#server/journal/journal.ts'
import { endLeftOpen, type OpenConnection, openedBy } from '#server/journal/left-open.ts'
import type { Asked, Redis } from '#server/redis/redis.ts'

export interface OpenInRedisOptions {
  readonly redis: Redis
  readonly instance: string
  /** Of the cursors of this process: the name of one run of it. */
  readonly origin: string
  /** Takes the end of a connection of another instance. */
  readonly append: (draft: EventDraft) => void
  /** Resolves once what was appended is in the stream; false while it can't be. */
  readonly settled: () => Promise<boolean>
  readonly times?: SignTimes
}

export interface SignTimes {
  readonly signMs: number
  readonly silentMs: number
}

/** Longer than Redis may be away from one instance before it tries again. */
const TIMES: SignTimes = { signMs: 5000, silentMs: 30_000 }
/** One instance at a time tells the ends of another. */
const TURN_SECONDS = 30

export class OpenInRedis {
  readonly #options: OpenInRedisOptions
  readonly #times: SignTimes
  /** Own ones that are open: Redis may lose them, or another instance take this one for gone. */
  readonly #open = new Map<string, string>()
  #timer: NodeJS.Timeout | undefined
  /** All others have had the time to give a sign since then. */
  #upSince = Number.POSITIVE_INFINITY

  constructor(options: OpenInRedisOptions) {
    this.#options = options
    this.#times = options.times ?? TIMES
  }

  /** To be written together with an event. */
  commandsFor({ event }: JournalRecord): string[][] {
    const opened = openedBy(event)
    if (opened) return [['HSET', this.#keyOf(event), opened.client_id, JSON.stringify(opened)]]
    return isOwnEnd(event) ? [['HDEL', this.#keyOf(event), event.client_id]] : []
  }

  /** An event of this instance was taken. */
  take({ event }: JournalRecord): void {
    const opened = openedBy(event)
    if (opened) this.#open.set(opened.client_id, JSON.stringify(opened))
    else if (isOwnEnd(event)) this.#open.delete(event.client_id)
  }

  up(): void {
    this.#upSince = performance.now()
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#work(), this.#times.signMs)
    this.#timer.unref()
  }

  gone(): void {
    clearInterval(this.#timer)
  }

  /** This instance ends in order; what it still has open, another one tells. */
  async leave(): Promise<void> {
    this.gone()
    if (this.#open.size > 0 || !this.#options.redis.isUp) return
    const { origin, instance } = this.#options
    await this.#options.redis.together([
      ['DEL', this.#keyOfRun(origin)],
      ['ZREM', this.#signs, memberOf(origin, instance)],
    ])
  }

  /** Before any event is written over a new connection: what is known there may be old, or lost. */
  async register(redis: Asked): Promise<void> {
    await this.#sign(redis)
    await this.#tellOpen(redis)
  }

  /** @returns the time on the clock of Redis */
  async #sign(redis: Asked): Promise<number> {
    const { origin, instance } = this.#options
    const [seconds, microseconds] = (await redis.ask(['TIME'])) as [string, string]
    const nowMs = Number(seconds) * 1000 + Math.trunc(Number(microseconds) / 1000)
    const isNew = await redis.ask(['ZADD', this.#signs, `${nowMs}`, memberOf(origin, instance)])
    // Another instance took this one for gone.
    if (Number(isNew) === 1) await this.#tellOpen(redis)
    return nowMs
  }

  async #tellOpen(redis: Asked): Promise<void> {
    const key = this.#keyOfRun(this.#options.origin)
    const open = [...this.#open].flat()
    await redis.together([['DEL', key], ...(open.length > 0 ? [['HSET', key, ...open]] : [])])
  }

  /** What fails is tried again with the next sign. */
  #work(): void {
    this.#signAndLook().catch(() => {})
  }

  async #signAndLook(): Promise<void> {
    const { redis } = this.#options
    const nowMs = await this.#sign(redis)
    if (performance.now() - this.#upSince < this.#times.silentMs) return
    const before = `(${nowMs - this.#times.silentMs}`
    const silent = await redis.ask(['ZRANGEBYSCORE', this.#signs, '-inf', before, 'WITHSCORES'])
    const told = Array.isArray(silent) ? silent.map(String) : []
    for (let at = 0; at + 1 < told.length; at += 2) await this.#tellEnds(told[at] ?? '', Number(told[at + 1]))
  }

  async #tellEnds(member: string, lastSignMs: number): Promise<void> {
    const { redis, append, settled, instance: teller } = this.#options
    const { origin, instance } = runOf(member)
    const turn = await redis.ask([
      'SET',
      `${this.#keyOfRun(origin)}:turn`,
      teller,
      'NX',
      'EX',
      `${TURN_SECONDS}`,
    ])
    if (turn === null) return
    const reply = await redis.ask(['HVALS', this.#keyOfRun(origin)])
    for (const json of Array.isArray(reply) ? reply : []) {
      append(
        endLeftOpen(JSON.parse(String(json)) as OpenConnection, { instance, lastSignMs, hasEnded: false }),
      )
    }
    if (!(await settled())) return
    await redis.together([
      ['DEL', this.#keyOfRun(origin)],
      ['ZREM', this.#signs, member],
    ])
  }

  get #signs(): string {
    return `${this.#options.redis.prefix}:signs`
  }

  #keyOf(event: DiagnosticEvent): string {
    return this.#keyOfRun(parseCursor(event.id).origin)
  }

  #keyOfRun(origin: string): string {
    return `${this.#options.redis.prefix}:open:${origin}`
  }
}

type End = Extract<DiagnosticEvent, { kind: 'disconnected' }>

/** Of a connection to this instance, and told by it. */
const isOwnEnd = (event: DiagnosticEvent): event is End =>
  event.kind === 'disconnected' && event.service === undefined && event.process === undefined

const memberOf = (origin: string, instance: string): string => `${origin} ${instance}`

function runOf(member: string): { origin: string; instance: string } {
  const blank = member.indexOf(' ')
  return { origin: member.slice(0, blank), instance: member.slice(blank + 1) }
}
