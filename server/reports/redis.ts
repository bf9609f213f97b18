/**
 * Reports in a Redis that several instances share. What lists show is kept here too, for as long as nobody has changed it.
 * While Redis does not answer, new reports wait in memory.
 */
import type { ReportList, ReportSummary } from '#lib/api/reports.ts'
import type { Redis } from '#server/redis/redis.ts'
import { type Listed, listOf, previousIn } from '#server/reports/listing.ts'
import {
  type ReportBounds,
  type ReportQuery,
  type ReportRecord,
  type ReportStore,
  ReportsAwayError,
  ReportTooLargeError,
  summaryOf,
} from '#server/reports/store.ts'
import { Turns } from '#server/reports/turns.ts'

const MEBIBYTE = 1024 * 1024

export function createRedisReports(redis: Redis, bounds: ReportBounds = {}): ReportStore {
  return new RedisReports(redis, bounds)
}

/**
 * Takes a report in, or changes it if nobody else did meanwhile; those that came first make room, but never this one.
 * Numbers are those of one change each: what lists remember of the number `changes` is still so. They begin with the
 * time, so that none comes again where Redis lost everything.
 */
const WRITE = `
local order, meta, words, bodies, revisions, changes, bytes = unpack(KEYS)
local id, revision = ARGV[1], ARGV[2]
if redis.call('EXISTS', changes) == 0 then redis.call('SET', changes, ARGV[8]) end
local known = redis.call('HGET', revisions, id)
if revision ~= (known or '') then return 0 end
local change = redis.call('INCR', changes)
local grown = redis.call('INCRBY', bytes, #ARGV[5] - redis.call('HSTRLEN', bodies, id))
if not known then redis.call('ZADD', order, change, id) end
redis.call('HSET', meta, id, ARGV[3])
redis.call('HSET', words, id, ARGV[4])
redis.call('HSET', bodies, id, ARGV[5])
redis.call('HSET', revisions, id, change)
while redis.call('ZCARD', order) > tonumber(ARGV[6]) or grown > tonumber(ARGV[7]) do
  local first = redis.call('ZRANGE', order, 0, 1)
  local oldest = first[1] == id and first[2] or first[1]
  if not oldest then break end
  grown = redis.call('DECRBY', bytes, redis.call('HSTRLEN', bodies, oldest))
  redis.call('ZREM', order, oldest)
  for _, key in ipairs({meta, words, bodies, revisions}) do redis.call('HDEL', key, oldest) end
end
return change`

const READ = `
local parts = {}
for at, key in ipairs(KEYS) do parts[at] = redis.call('HGET', key, ARGV[1]) end
return parts`

const LIST = `
local order = redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES')
return {redis.call('GET', KEYS[1]), redis.call('HGETALL', KEYS[2]), order}`

const PARTS = ['order', 'meta', 'words', 'bodies', 'revisions', 'changes', 'bytes'] as const
type Part = (typeof PARTS)[number]

/** Somebody else changed the report each time. */
const MOST_TRIES = 10
const MOST_WAITING = 100

class RedisReports implements ReportStore {
  readonly #redis: Redis
  readonly #capacity: number
  readonly #totalBytes: number
  readonly #reportBytes: number
  readonly #turns = new Turns()
  /** New ones that Redis has not taken yet. */
  readonly #waiting = new Map<string, ReportRecord>()
  #listed: { readonly change: string; readonly all: readonly Listed[] } | undefined

  constructor(
    redis: Redis,
    { capacity = 2000, totalBytes = 256 * MEBIBYTE, reportBytes = 8 * MEBIBYTE }: ReportBounds,
  ) {
    this.#redis = redis
    this.#capacity = capacity
    this.#totalBytes = totalBytes
    this.#reportBytes = Math.min(reportBytes, totalBytes)
    redis.listen({ up: () => this.#flush(), gone: () => {} })
  }

  async add(record: ReportRecord): Promise<void> {
    this.#judgeSize(record)
    await this.#redis.tried
    try {
      await this.#write(record, '')
    } catch (error) {
      if (!(error instanceof ReportsAwayError)) throw error
      this.#wait(record)
    }
  }

  async get(id: string): Promise<ReportRecord | undefined> {
    const waiting = this.#waiting.get(id)
    return waiting ? copyOf(waiting) : (await this.#read(id))?.record
  }

  async summary(id: string): Promise<ReportSummary | undefined> {
    const found = (await this.#index()).find(({ record }) => record.id === id)
    return found && summaryOf(found.record)
  }

  async update(
    id: string,
    change: (record: ReportRecord) => Promise<ReportRecord>,
  ): Promise<ReportRecord | undefined> {
    return this.#turns.take(id, async () => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const waiting = this.#waiting.get(id)
        const before = waiting ? { record: copyOf(waiting), revision: '' } : await this.#read(id)
        if (before === undefined) return undefined
        const after = { ...(await change(before.record)), id }
        this.#judgeSize(after)
        if (waiting && this.#waiting.get(id) === waiting) {
          this.#waiting.set(id, after)
          return copyOf(after)
        }
        if (!waiting && (await this.#write(after, before.revision))) return after
      }
      throw new ReportsAwayError('Others change this report all the time')
    })
  }

  async list(query: ReportQuery): Promise<ReportList> {
    const all = await this.#index()
    return listOf(query.text?.length ? await this.#withWords(all) : all, query)
  }

  async previous(id: string): Promise<ReportRecord | undefined> {
    const found = previousIn(await this.#index(), id)
    return found === undefined ? undefined : this.get(found)
  }

  async same({ created, judged }: Pick<ReportRecord, 'created' | 'judged'>): Promise<string | undefined> {
    for (const { record } of await this.#index()) {
      if (record.created !== created) continue
      const known = await this.get(record.id)
      if (known && Buffer.compare(known.judged, judged) === 0) return record.id
    }
    return undefined
  }

  async close(): Promise<void> {}

  #wait(record: ReportRecord): void {
    this.#waiting.set(record.id, copyOf(record))
    const [oldest] = this.#waiting.keys()
    if (this.#waiting.size > MOST_WAITING && oldest !== undefined) this.#waiting.delete(oldest)
  }

  #judgeSize({ judged: { length } }: ReportRecord): void {
    if (length > this.#reportBytes) throw new ReportTooLargeError(length, this.#reportBytes)
  }

  #key(part: Part): string {
    return `${this.#redis.prefix}:reports:${part}`
  }

  async #ask(command: readonly string[]): Promise<unknown> {
    try {
      return await this.#redis.ask(command)
    } catch (error) {
      throw new ReportsAwayError(error instanceof Error ? error.message : String(error))
    }
  }

  /** @returns false where the report is of another revision; an empty one is of a report that is new */
  async #write({ judged, words, ...meta }: ReportRecord, revision: string): Promise<boolean> {
    const keys = PARTS.map((part) => this.#key(part))
    const bounds = [`${this.#capacity}`, `${this.#totalBytes}`, `${Date.now()}`]
    const body = Buffer.from(judged).toString()
    const report = [meta.id, revision, JSON.stringify(meta), words, body]
    return (await this.#ask(['EVAL', WRITE, `${keys.length}`, ...keys, ...report, ...bounds])) !== 0
  }

  async #read(id: string): Promise<{ record: ReportRecord; revision: string } | undefined> {
    const keys = (['meta', 'words', 'bodies', 'revisions'] as const).map((part) => this.#key(part))
    const [meta, words, body, revision] = strings(await this.#ask(['EVAL', READ, '4', ...keys, id]))
    if (!meta || words === undefined || body === undefined || revision === undefined) return undefined
    return { record: { ...JSON.parse(meta), words, judged: new Uint8Array(Buffer.from(body)) }, revision }
  }

  /** All of them, those that wait included. While Redis is away, as they were known last. */
  async #index(): Promise<readonly Listed[]> {
    await this.#redis.tried
    const kept = await this.#keptIndex().catch((error: unknown) => {
      if (!(error instanceof ReportsAwayError) || this.#listed === undefined) throw error
      return this.#listed.all
    })
    const above = kept.reduce((most, { number }) => Math.max(most, number), 0)
    const waiting = Array.from(this.#waiting.values(), (record, at) => ({ number: above + at + 1, record }))
    return [...kept, ...waiting]
  }

  async #keptIndex(): Promise<readonly Listed[]> {
    const change = String(await this.#ask(['GET', this.#key('changes')]))
    if (this.#listed?.change === change) return this.#listed.all
    const keys = (['changes', 'meta', 'order'] as const).map((part) => this.#key(part))
    const reply = await this.#ask(['EVAL', LIST, '3', ...keys])
    const [now, metas, order] = Array.isArray(reply) ? reply : []
    const numbers = pairsOf(order)
    const all = [...pairsOf(metas)].map(([id, meta]) => ({
      number: Number(numbers.get(id)),
      record: { ...JSON.parse(meta), words: '' },
    }))
    this.#listed = { change: String(now), all }
    return all
  }

  async #withWords(all: readonly Listed[]): Promise<readonly Listed[]> {
    const words = pairsOf(await this.#ask(['HGETALL', this.#key('words')]))
    return all.map(({ number, record }) => ({
      number,
      record: { ...record, words: words.get(record.id) ?? record.words },
    }))
  }

  async #flush(): Promise<void> {
    for (const [id, record] of this.#waiting) {
      try {
        await this.#write(record, '')
      } catch {
        // It goes on waiting, for the next connection.
        return
      }
      this.#waiting.delete(id)
    }
  }
}

/** Whoever changes one copy changes no other. */
const copyOf = (record: ReportRecord): ReportRecord => ({ ...record, judged: record.judged.slice() })

const strings = (reply: unknown): (string | undefined)[] =>
  (Array.isArray(reply) ? reply : []).map((each) => (typeof each === 'string' ? each : undefined))

/** An answer in which names and values take turns. */
function pairsOf(reply: unknown): Map<string, string> {
  const pairs = new Map<string, string>()
  const items = strings(reply)
  for (let at = 0; at + 1 < items.length; at += 2) pairs.set(items[at] ?? '', items[at + 1] ?? '')
  return pairs
}
