/** Reports in memory, gone with the process. Each is kept as JSON, so that its size is known and nothing changes it. */
import type { ReportSummary } from '#lib/api/reports.ts'
import {
  type ReportQuery,
  type ReportRecord,
  type ReportStore,
  ReportTooLargeError,
  summaryOf,
} from '#server/reports/store.ts'

export interface MemoryReportOptions {
  /** Reports kept. */
  readonly capacity?: number
  /** Bytes of JSON kept in all. */
  readonly totalBytes?: number
  /** Bytes of JSON that one report may have. */
  readonly reportBytes?: number
}

const MEBIBYTE = 1024 * 1024

export function createMemoryReports(options: MemoryReportOptions = {}): ReportStore {
  return new MemoryReports(options)
}

interface Kept {
  readonly summary: ReportSummary
  readonly json: Buffer
}

class MemoryReports implements ReportStore {
  readonly #capacity: number
  readonly #totalBytes: number
  readonly #reportBytes: number
  /** In the order of their age, oldest first. */
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  constructor({
    capacity = 500,
    totalBytes = 64 * MEBIBYTE,
    reportBytes = 8 * MEBIBYTE,
  }: MemoryReportOptions) {
    this.#capacity = capacity
    this.#totalBytes = totalBytes
    this.#reportBytes = Math.min(reportBytes, totalBytes)
  }

  async add(record: ReportRecord): Promise<void> {
    const kept = this.#pack(record)
    this.#kept.set(record.id, kept)
    this.#bytes += kept.json.length
    this.#makeRoom(record.id)
  }

  async get(id: string): Promise<ReportRecord | undefined> {
    const kept = this.#kept.get(id)
    return kept && unpack(kept)
  }

  async update(
    id: string,
    change: (record: ReportRecord) => ReportRecord,
  ): Promise<ReportRecord | undefined> {
    const before = this.#kept.get(id)
    if (before === undefined) return undefined
    const record = { ...change(unpack(before)), id }
    const after = this.#pack(record)
    this.#kept.set(id, after)
    this.#bytes += after.json.length - before.json.length
    this.#makeRoom(id)
    return record
  }

  async list({ url, limit }: ReportQuery): Promise<readonly ReportSummary[]> {
    return [...this.#kept.values()]
      .map(({ summary }) => summary)
      .reverse()
      .filter((summary) => url === undefined || summary.url === url)
      .slice(0, limit)
  }

  async previous(id: string): Promise<ReportRecord | undefined> {
    const url = this.#kept.get(id)?.summary.url
    if (url === undefined) return undefined
    let found: Kept | undefined
    for (const [other, kept] of this.#kept) {
      if (other === id) break
      if (kept.summary.url === url) found = kept
    }
    return found && unpack(found)
  }

  async close(): Promise<void> {}

  #pack(record: ReportRecord): Kept {
    const json = Buffer.from(JSON.stringify(record))
    if (json.length > this.#reportBytes) throw new ReportTooLargeError(json.length, this.#reportBytes)
    return { summary: summaryOf(record), json }
  }

  /** The oldest go, but never the one that was just written. */
  #makeRoom(written: string): void {
    for (const [id, { json }] of this.#kept) {
      if (this.#kept.size <= this.#capacity && this.#bytes <= this.#totalBytes) return
      if (id === written) continue
      this.#kept.delete(id)
      this.#bytes -= json.length
    }
  }
}

const unpack = ({ json }: Kept): ReportRecord => JSON.parse(json.toString('utf8'))
