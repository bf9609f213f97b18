/** Reads the journal's file: pages, counts and outlines. What takes long goes in slices, so that nobody waits for it. */

import { endKinds, isEndKind } from '#lib/protocol/ends.ts'
import { createEventMatcher, type EventFilter } from '#lib/protocol/event-filter.ts'
import { createEndsTally, type EndsCount } from '#lib/stats/ends-tally.ts'
import { createBreath } from '#server/database/breath.ts'
import type { Database } from '#server/database/database.ts'
import { cursorAt } from '#server/journal/cursor.ts'
import { type Conditions, type Plan, planOf } from '#server/journal/file-conditions.ts'
import type { Gap, JournalOutline, JournalPage, JournalQuery, JournalRange } from '#server/journal/journal.ts'
import { type Row, recordOf } from '#server/journal/rows.ts'
import { stretchesWith } from '#server/journal/text-blocks.ts'

export interface Patience {
  /** Rows looked at in one go. */
  readonly sliceRows: number
  /** A page that found less than it was asked for ends after so long, and says where. */
  readonly pageMs: number
}

/** A slice takes a few milliseconds. */
const USUAL: Patience = { sliceRows: 10_000, pageMs: 30 }
const OUTLINE_EVERY = 500

/** Exclusive. */
interface Bounds {
  readonly from: string
  readonly to: string
}

type Order = 'ASC' | 'DESC'

export class FileReader {
  readonly #database: Database

  readonly #patience: Patience

  constructor(database: Database, patience: Patience = USUAL) {
    this.#database = database
    this.#patience = patience
  }

  /** @param origin of `after` */
  async page(query: JournalQuery, origin: string | undefined): Promise<JournalPage> {
    const { after, before, limit, filter = {}, fromEnd = false } = query
    const { from, gap } =
      after === undefined || origin === undefined ? { from: '', gap: null } : this.#startAfter(after, origin)
    const range = bounded({ from, to: before ?? '~' }, query)
    const last = this.edge('MAX', range)
    const fixed = last === null ? range : { from: range.from, to: `${last}~` }
    const plan = planOf(filter)
    const order = fromEnd ? 'DESC' : 'ASC'
    const { rows, stoppedAt } =
      plan.isExact && plan.table === 'events'
        ? { rows: this.#direct(fixed, filter, limit + 1, order), stoppedAt: null }
        : await this.#searched(fixed, plan, filter, limit + 1, order)
    const hasMore = rows.length > limit
    const shown = rows.slice(0, limit)
    const records = (fromEnd ? shown.toReversed() : shown).flatMap(recordOf)
    const goOn = hasMore ? (shown.at(-1)?.id ?? null) : stoppedAt
    const end = last ?? (gap === null ? (after ?? null) : null)
    if (fromEnd) return { records, gap, position: end, more: false, earlier: goOn }
    return { records, gap, position: goOn ?? end, more: goOn !== null, earlier: null }
  }

  async ends({ filter = {}, ...range }: JournalRange): Promise<EndsCount> {
    const tally = createEndsTally()
    const kinds = filter.kinds === undefined ? endKinds : filter.kinds.filter(isEndKind)
    if (kinds.length === 0) return tally.count()
    const plan = planOf({ ...filter, kinds })
    const matches = createEventMatcher({ ...filter, kinds })
    const conditions = [...plan.keys.sql, ...plan.others.sql].map((sql) => ` AND ${sql}`).join('')
    const values = [...plan.keys.values, ...plan.others.values]
    const json = plan.isExact ? 'NULL' : 'e.json'
    const sql = `SELECT t.at, t.age, t.silence, t.code, ${json} FROM ${tableOf(plan, !plan.isExact)}
      WHERE t.id > ? AND t.id <= ?${conditions} ORDER BY t.id`
    const asked = bounded({ from: '', to: '~' }, range)
    for await (const { from, to } of this.#slices(asked, plan, 'ASC', filter.text)) {
      for (const [atMs, ageMs, silenceMs, code, json] of this.#arrays(sql, from, to, ...values)) {
        if (typeof json === 'string' && !recordOf({ json }).some(({ event }) => matches(event))) continue
        tally.add({ atMs, ageMs, silenceMs, code } as Parameters<typeof tally.add>[0])
      }
    }
    return tally.count()
  }

  async outline({ filter = {}, ...range }: JournalRange): Promise<JournalOutline | null> {
    const plan = planOf(filter)
    const kinds = new Set(filter.kinds)
    if (!plan.isExact || (plan.table === 'events' && kinds.size > 1)) return null
    const asked = bounded({ from: '', to: '~' }, range)
    const latest = this.edge('MAX', asked)
    const { from, to } = { from: asked.from, to: latest === null ? asked.to : `${latest}~` }
    const conditions = [...plan.keys.sql, ...plan.others.sql].map((sql) => ` AND ${sql}`).join('')
    const values = [...plan.keys.values, ...plan.others.values]
    const where = `FROM ${plan.table} t WHERE t.id > ? AND t.id < ?${conditions}`
    const next = `SELECT t.id AS id ${where} ORDER BY t.id LIMIT 1 OFFSET ${OUTLINE_EVERY - 1}`
    const cursors: string[] = []
    const breathe = createBreath()
    for (let edge = from; ; ) {
      const found = this.#database.prepare(next).get(edge, to, ...values)?.id
      if (typeof found !== 'string') {
        const rest = this.#database.prepare(`SELECT COUNT(*) AS count ${where}`).get(edge, to, ...values)
        const count = cursors.length * OUTLINE_EVERY + Number(rest?.count)
        return { count, every: OUTLINE_EVERY, cursors, latest }
      }
      cursors.push(found)
      edge = found
      await breathe()
    }
  }

  edge(which: 'MIN' | 'MAX', range?: Bounds): string | null {
    const found = range
      ? this.#database
          .prepare(`SELECT ${which}(id) AS id FROM events WHERE id > ? AND id < ?`)
          .get(range.from, range.to)
      : this.#database.prepare(`SELECT ${which}(id) AS id FROM events`).get()
    return (found?.id ?? null) as string | null
  }

  /** Where to go on after a cursor, and what is missing between the two. */
  #startAfter(after: string, origin: string): { from: string; gap: Gap | null } {
    const isKept = this.#database.prepare('SELECT 1 FROM events WHERE id = ?').get(after) !== undefined
    if (isKept || this.#database.fact('pruned') === after) return { from: after, gap: null }
    const { oldest, latest } = { oldest: this.edge('MIN'), latest: this.edge('MAX') }
    // Ours, and thinned out since.
    const isOurs = this.#database.prepare('SELECT 1 FROM origins WHERE origin = ?').get(origin) !== undefined
    if (isOurs && oldest !== null && latest !== null && after > oldest && after < latest) {
      return { from: after, gap: null }
    }
    return { from: '', gap: { after, before: oldest } }
  }

  /** By the indices alone. Kinds are read one by one, each by its own, and merged. */
  #direct({ from, to }: Bounds, { kinds, ...filter }: EventFilter, limit: number, order: Order): Row[] {
    const read = (kind: EventFilter['kinds']): Row[] => {
      const { sql, values } = planOf({ ...filter, kinds: kind }).keys
      const conditions = sql.map((one) => ` AND ${one}`).join('')
      return this.#database
        .prepare(
          `SELECT id, json FROM events t WHERE id > ? AND id < ?${conditions} ORDER BY id ${order} LIMIT ?`,
        )
        .all(from, to, ...values, limit) as Row[]
    }
    if (kinds === undefined) return read(undefined)
    const direction = order === 'DESC' ? -1 : 1
    return [...new Set(kinds)]
      .flatMap((kind) => read([kind]))
      .sort((a, b) => (a.id < b.id ? -direction : direction))
      .slice(0, limit)
  }

  /** @returns `stoppedAt` where time was up: what is beyond was not looked at */
  async #searched(
    range: Bounds,
    plan: Plan,
    filter: EventFilter,
    limit: number,
    order: Order,
  ): Promise<{ rows: Row[]; stoppedAt: string | null }> {
    const matches = createEventMatcher(filter)
    const conditions = [...plan.keys.sql, ...plan.others.sql].map((sql) => ` AND ${sql}`).join('')
    const values = [...plan.keys.values, ...plan.others.values]
    const json = plan.table === 'ends' ? 'e.json' : 't.json'
    const [low, high] = order === 'ASC' ? ['>', '<='] : ['<', '>=']
    const sql = `SELECT t.id AS id, ${json} AS json FROM ${tableOf(plan, true)}
      WHERE t.id ${low} ? AND t.id ${high} ?${conditions} ORDER BY t.id ${order} LIMIT ?`
    const rows: Row[] = []
    const startedAt = performance.now()
    // Forwards, a page ends at an event: what is left out has none to end at.
    const text = order === 'DESC' ? filter.text : undefined
    for await (const slice of this.#slices(range, plan, order, text)) {
      let [edge, until] = order === 'ASC' ? [slice.from, slice.to] : [slice.to, slice.from]
      for (;;) {
        const most = limit - rows.length
        const found = this.#database.prepare(sql).all(edge, until, ...values, most) as Row[]
        rows.push(...found.filter((row) => recordOf(row).some(({ event }) => matches(event))))
        if (rows.length >= limit) return { rows, stoppedAt: null }
        if (found.length < most) break
        edge = found.at(-1)?.id ?? until
      }
      if (!slice.isLast && performance.now() - startedAt > this.#patience.pageMs)
        return { rows, stoppedAt: until }
    }
    return { rows, stoppedAt: null }
  }

  /**
   * Stretches of rows with these keys, in the order asked for. One end of each belongs to it: the one further on.
   * @param text stretches that cannot hold it are left out
   */
  async *#slices(range: Bounds, plan: Plan, order: Order, text?: string) {
    const newestFirst = stretchesWith(this.#database, range, text, createBreath())
    for await (const stretch of order === 'DESC' ? newestFirst : await reversed(newestFirst)) {
      const isEdge = order === 'DESC' ? stretch.from === range.from : stretch.to === range.to
      for await (const slice of this.#cut(stretch, plan, order)) {
        yield { ...slice, isLast: slice.isLast && isEdge }
      }
    }
  }

  async *#cut({ from, to }: Bounds, { table, keys }: Plan, order: Order) {
    const conditions = keys.sql.map((sql) => ` AND ${sql}`).join('')
    const sql = `SELECT t.id AS id FROM ${table} t WHERE t.id > ? AND t.id < ?${conditions}
      ORDER BY t.id ${order} LIMIT 1 OFFSET ${this.#patience.sliceRows - 1}`
    const breathe = createBreath()
    for (let [low, high] = [from, to]; ; ) {
      const border = this.#database.prepare(sql).get(low, high, ...keys.values)?.id
      if (typeof border !== 'string') {
        yield { from: low, to: high, isLast: true }
        return
      }
      yield order === 'ASC'
        ? { from: low, to: border, isLast: false }
        : { from: border, to: high, isLast: false }
      if (order === 'ASC') low = border
      else high = border
      await breathe()
    }
  }

  #arrays(sql: string, ...values: Conditions['values']): unknown[][] {
    const statement = this.#database.prepare(sql)
    statement.setReturnArrays(true)
    return statement.all(...values) as unknown as unknown[][]
  }
}

const tableOf = ({ table }: Plan, withJson: boolean): string =>
  table === 'ends' && withJson ? 'ends t JOIN events e ON e.id = t.id' : `${table} t`

function bounded({ from, to }: Bounds, { sinceMs, untilMs }: JournalRange): Bounds {
  const least = sinceMs === undefined ? '' : cursorAt(sinceMs)
  const most = untilMs === undefined ? '~' : cursorAt(untilMs)
  return { from: from > least ? from : least, to: to < most ? to : most }
}

async function reversed<T>(all: AsyncIterable<T>): Promise<T[]> {
  const reverse: T[] = []
  for await (const one of all) reverse.unshift(one)
  return reverse
}
