/** Reports in the file that the journal is in: they stay across restarts. */
import type { ReportSummary } from '#lib/api/reports.ts'
import type { Database } from '#server/database/database.ts'
import {
  type ReportBounds,
  type ReportQuery,
  type ReportRecord,
  type ReportStore,
  ReportTooLargeError,
  summaryOf,
} from '#server/reports/store.ts'
import { Turns } from '#server/reports/turns.ts'
import type { JsonBytes } from '#server/wire/json.ts'

const MEBIBYTE = 1024 * 1024

export function createFileReports(database: Database, bounds: ReportBounds = {}): ReportStore {
  return new FileReports(database, bounds)
}

type Row = {
  id: string
  created: number
  updated: number | null
  url: string | null
  leading: string
  judged: JsonBytes
}

const COLUMNS = 'id, created, updated, url, leading, judged'

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
    this.#write(record, (values) =>
      this.#database
        .prepare(
          'INSERT INTO reports (id, created, updated, url, leading, judged, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(record.id, ...values),
    )
  }

  async get(id: string): Promise<ReportRecord | undefined> {
    return recordOf(this.#database.prepare(`SELECT ${COLUMNS} FROM reports WHERE id = ?`).get(id) as Row)
  }

  update(
    id: string,
    change: (record: ReportRecord) => Promise<ReportRecord>,
  ): Promise<ReportRecord | undefined> {
    return this.#turns.take(id, async () => {
      const before = await this.get(id)
      if (before === undefined) return undefined
      const after = { ...(await change(before)), id }
      this.#write(after, (values) =>
        this.#database
          .prepare(
            'UPDATE reports SET created = ?, updated = ?, url = ?, leading = ?, judged = ?, bytes = ? WHERE id = ?',
          )
          .run(...values, id),
      )
      // It may have had to make room meanwhile.
      return this.get(id)
    })
  }

  async list({ url, limit }: ReportQuery): Promise<readonly ReportSummary[]> {
    const rows =
      url === undefined
        ? this.#database.prepare(`SELECT ${SUMMARY} FROM reports ORDER BY number DESC LIMIT ?`).all(limit)
        : this.#database
            .prepare(`SELECT ${SUMMARY} FROM reports WHERE url = ? ORDER BY number DESC LIMIT ?`)
            .all(url, limit)
    return (rows as Row[]).map((row) => summaryOf(fromRow(row)))
  }

  async previous(id: string): Promise<ReportRecord | undefined> {
    const sql = `SELECT ${COLUMNS} FROM reports
      WHERE url = (SELECT url FROM reports WHERE id = ?) AND number < (SELECT number FROM reports WHERE id = ?)
      ORDER BY number DESC LIMIT 1`
    return recordOf(this.#database.prepare(sql).get(id, id) as Row)
  }

  async close(): Promise<void> {}

  #write(
    { id, created, updated, url, leading, judged }: ReportRecord,
    write: (values: Values) => void,
  ): void {
    const { length } = judged
    if (length > this.#reportBytes) throw new ReportTooLargeError(length, this.#reportBytes)
    this.#database.transaction(() => {
      write([created, updated ?? null, url ?? null, JSON.stringify(leading), judged, length])
      this.#makeRoom(id)
    })
  }

  /** The oldest go, but never the one that was just written. */
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

const SUMMARY = 'id, created, url, leading'

type Values = [number, number | null, string | null, string, JsonBytes, number]

const recordOf = (row: Row | undefined): ReportRecord | undefined => row && fromRow(row)

function fromRow({ id, created, updated, url, leading, judged }: Row): ReportRecord {
  return {
    id,
    created,
    ...(typeof updated === 'number' && { updated }),
    ...(typeof url === 'string' && { url }),
    leading: JSON.parse(leading),
    judged,
  }
}
