/** Reports in the file that the journal is in: they stay across restarts. */
import type { SQLInputValue } from 'node:sqlite'
import type { ReportCount, ReportList, ReportSummary } from '#lib/api/reports.ts'
import { createBreath } from '#server/database/breath.ts'
import type { Database } from '#server/database/database.ts'
import { anywhere, CONTAINS, type Conditions, conditionsOf } from '#server/reports/conditions.ts'
import {
  placeText,
  type ReportBounds,
  type ReportQuery,
  type ReportRecord,
  type ReportStore,
  ReportTooLargeError,
  readPlace,
  summaryOf,
} from '#server/reports/store.ts'
import { Turns } from '#server/reports/turns.ts'
import type { JsonBytes } from '#server/wire/json.ts'

const MEBIBYTE = 1024 * 1024

/** Reports whose words are searched in one go: a few milliseconds. */
const SLICE_REPORTS = 200

export function createFileReports(database: Database, bounds: ReportBounds = {}): ReportStore {
  return new FileReports(database, bounds)
}

/** Of the table `reports`. What a report is found by and what it says are in tables of their own, which lists need not read past. */
type Row = {
  number: number
  id: string
  created: number
  updated: number | null
  url: string | null
  leading: string
  imported: string | null
}
type WholeRow = Row & { words: string; judged: JsonBytes }

const COLUMNS = 'number, id, created, updated, url, leading, imported'
const WHOLE = `SELECT ${COLUMNS}, words, judged FROM reports
  JOIN report_words USING (number) JOIN report_bodies USING (number)`

const OF_ID = 'WHERE number = (SELECT number FROM reports WHERE id = ?)'

class FileReports implements ReportStore {
  readonly #database: Database
  readonly #capacity: number
  readonly #totalBytes: number
  readonly #reportBytes: number
  readonly #turns = new Turns()

  constructor(
    database: Database,
    { capacity = 10_000, totalBytes = 1024 * MEBIBYTE, reportBytes = 8 * MEBIBYTE }: ReportBounds,
  ) {
    this.#database = database
    this.#capacity = capacity
    this.#totalBytes = totalBytes
    this.#reportBytes = Math.min(reportBytes, totalBytes)
  }

  async add(record: ReportRecord): Promise<void> {
    this.#write(record, (names, values) => {
      const marks = values.map(() => '?').join(', ')
      const { lastInsertRowid } = this.#database
        .prepare(`INSERT INTO reports (${names.join(', ')}) VALUES (${marks})`)
        .run(...values)
      this.#database.prepare('INSERT INTO report_words VALUES (?, ?)').run(lastInsertRowid, record.words)
      this.#database.prepare('INSERT INTO report_bodies VALUES (?, ?)').run(lastInsertRowid, record.judged)
    })
  }

  async get(id: string): Promise<ReportRecord | undefined> {
    return recordOf(this.#one(`${WHOLE} WHERE id = ?`, id))
  }

  async summary(id: string): Promise<ReportSummary | undefined> {
    const row = this.#one<Row>(`SELECT ${COLUMNS} FROM reports WHERE id = ?`, id)
    return row && summaryOf(fromRow(row))
  }

  update(
    id: string,
    change: (record: ReportRecord) => Promise<ReportRecord>,
  ): Promise<ReportRecord | undefined> {
    return this.#turns.take(id, async () => {
      const before = await this.get(id)
      if (before === undefined) return undefined
      const after = { ...(await change(before)), id }
      this.#write(after, (names, values) => {
        const set = names.map((name) => `${name} = ?`).join(', ')
        this.#database.prepare(`UPDATE reports SET ${set} WHERE id = ?`).run(...values, id)
        this.#database.prepare(`UPDATE report_words SET words = ? ${OF_ID}`).run(after.words, id)
        this.#database.prepare(`UPDATE report_bodies SET judged = ? ${OF_ID}`).run(after.judged, id)
      })
      // It may have had to make room meanwhile.
      return this.get(id)
    })
  }

  async list({ before, limit, outcome, cause, ...others }: ReportQuery): Promise<ReportList> {
    const numbers = await this.#withWords(others.text ?? [])
    const { created, number } = readPlace(before)
    const { sql, values } = conditionsOf({ ...others, outcome, cause }, numbers)
    const rows = this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM reports WHERE (created, number) < (?, ?)${sql} ORDER BY created DESC, number DESC LIMIT ?`,
      )
      .all(created, number, ...values, limit + 1) as Row[]
    const last = rows[limit - 1]
    return {
      reports: rows.slice(0, limit).map((row) => summaryOf(fromRow(row))),
      next: last !== undefined && rows.length > limit ? placeText(last) : null,
      counts: this.#count(conditionsOf(others, numbers)),
    }
  }

  /** Reads the words of all reports, once a list, and lets others go on meanwhile. Undefined where no words are asked for. */
  async #withWords(words: readonly string[]): Promise<number[] | undefined> {
    if (words.length === 0) return undefined
    const all = words.map(() => `words ${CONTAINS}`).join(' AND ')
    const read = this.#database.prepare(
      `SELECT number FROM report_words WHERE number > ? AND number <= ? AND ${all}`,
    )
    const edges = this.#database.prepare('SELECT MIN(number) AS least, MAX(number) AS most FROM report_words')
    const { least, most } = edges.get() ?? {}
    const breathe = createBreath()
    const found: number[] = []
    for (let at = Number(least ?? 1) - 1; at < Number(most ?? 0); at += SLICE_REPORTS) {
      const rows = read.all(at, at + SLICE_REPORTS, ...words.map(anywhere))
      found.push(...rows.map(({ number }) => Number(number)))
      await breathe()
    }
    return found
  }

  #count({ sql, values }: Conditions): ReportCount[] {
    const rows = this.#database
      .prepare(
        `SELECT outcome, cause, COUNT(*) AS count FROM reports WHERE TRUE${sql} GROUP BY outcome, cause`,
      )
      .all(...values) as Array<{ outcome: ReportCount['outcome']; cause: string | null; count: number }>
    return rows.map(({ cause, ...rest }) => ({ ...rest, ...(cause !== null && { cause }) }))
  }

  async previous(id: string): Promise<ReportRecord | undefined> {
    const of = this.#one<Row>(`SELECT ${COLUMNS} FROM reports WHERE id = ?`, id)
    if (of?.url == null) return undefined
    const sql = `${WHOLE} WHERE url = ? AND (created, number) < (?, ?) ORDER BY created DESC, number DESC LIMIT 1`
    return recordOf(this.#one(sql, of.url, of.created, of.number))
  }

  async same({ created, judged }: Pick<ReportRecord, 'created' | 'judged'>): Promise<string | undefined> {
    const sql =
      'SELECT id FROM reports JOIN report_bodies USING (number) WHERE created = ? AND bytes = ? AND judged = ?'
    return this.#one<Row>(sql, created, judged.length, judged)?.id
  }

  async close(): Promise<void> {}

  #one<T = WholeRow>(sql: string, ...values: SQLInputValue[]): T | undefined {
    return this.#database.prepare(sql).get(...values) as T | undefined
  }

  #write(record: ReportRecord, write: (names: readonly string[], values: SQLInputValue[]) => void): void {
    const { length } = record.judged
    if (length > this.#reportBytes) throw new ReportTooLargeError(length, this.#reportBytes)
    const columns = columnsOf(record)
    this.#database.transaction(() => {
      write(Object.keys(columns), Object.values(columns))
      this.#makeRoom(record.id)
    })
  }

  /** Those that came first go, but never the one that was just written. */
  #makeRoom(written: string): void {
    for (;;) {
      const kept = this.#database.prepare('SELECT COUNT(*) AS count, SUM(bytes) AS bytes FROM reports').get()
      if (Number(kept?.count) <= this.#capacity && Number(kept?.bytes) <= this.#totalBytes) return
      const { changes } = this.#database
        .prepare('DELETE FROM reports WHERE number = (SELECT MIN(number) FROM reports WHERE id != ?)')
        .run(written)
      if (changes === 0) return
    }
  }
}

/** In a fixed order. */
function columnsOf({ id, created, updated, url, imported, leading, judged }: ReportRecord) {
  return {
    id,
    created,
    updated: updated ?? null,
    url: url ?? null,
    target: url?.toLowerCase() ?? null,
    outcome: leading.outcome,
    cause: leading.cause ?? null,
    leading: JSON.stringify(leading),
    imported: imported === undefined ? null : JSON.stringify(imported),
    bytes: judged.length,
  }
}

const recordOf = (row: WholeRow | undefined): ReportRecord | undefined =>
  row && { ...fromRow(row), words: row.words, judged: row.judged }

function fromRow({
  id,
  created,
  updated,
  url,
  leading,
  imported,
}: Row): Omit<ReportRecord, 'judged' | 'words'> {
  return {
    id,
    created,
    ...(updated !== null && { updated }),
    ...(url !== null && { url }),
    ...(imported !== null && { imported: JSON.parse(imported) }),
    leading: JSON.parse(leading),
  }
}
