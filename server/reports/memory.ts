/** Reports in memory, gone with the process. */
import type { ReportSummary } from '#lib/api/reports.ts'
import {
  type ReportBounds,
  type ReportQuery,
  type ReportRecord,
  type ReportStore,
  ReportTooLargeError,
  summaryOf,
} from '#server/reports/store.ts'
import { Turns } from '#server/reports/turns.ts'

const MEBIBYTE = 1024 * 1024

export function createMemoryReports(options: ReportBounds = {}): ReportStore {
  return new MemoryReports(options)
}

class MemoryReports implements ReportStore {
  readonly #capacity: number
  readonly #totalBytes: number
  readonly #reportBytes: number
  /** In the order of their age, oldest first. */
  readonly #kept = new Map<string, ReportRecord>()
  readonly #turns = new Turns()
  #bytes = 0

  constructor({ capacity = 500, totalBytes = 64 * MEBIBYTE, reportBytes = 8 * MEBIBYTE }: ReportBounds) {
    this.#capacity = capacity
    this.#totalBytes = totalBytes
    this.#reportBytes = Math.min(reportBytes, totalBytes)
  }

  async add(record: ReportRecord): Promise<void> {
    const kept = this.#judgeSize(copyOf(record))
    this.#kept.set(record.id, kept)
    this.#bytes += kept.judged.length
    this.#makeRoom(record.id)
  }

  async get(id: string): Promise<ReportRecord | undefined> {
    const kept = this.#kept.get(id)
    return kept && copyOf(kept)
  }

  async update(
    id: string,
    change: (record: ReportRecord) => Promise<ReportRecord>,
  ): Promise<ReportRecord | undefined> {
    return this.#turns.take(id, () => this.#change(id, change))
  }

  async #change(
    id: string,
    change: (record: ReportRecord) => Promise<ReportRecord>,
  ): Promise<ReportRecord | undefined> {
    const before = await this.get(id)
    if (before === undefined) return undefined
    const after = this.#judgeSize({ ...copyOf(await change(before)), id })
    // It may have had to make room meanwhile.
    const replaced = this.#kept.get(id)
    if (replaced === undefined) return undefined
    this.#kept.set(id, after)
    this.#bytes += after.judged.length - replaced.judged.length
    this.#makeRoom(id)
    return copyOf(after)
  }

  async list({ url, limit }: ReportQuery): Promise<readonly ReportSummary[]> {
    return [...this.#kept.values()]
      .map(summaryOf)
      .reverse()
      .filter((summary) => url === undefined || summary.url === url)
      .slice(0, limit)
  }

  async previous(id: string): Promise<ReportRecord | undefined> {
    const url = this.#kept.get(id)?.url
    if (url === undefined) return undefined
    let found: ReportRecord | undefined
    for (const [other, kept] of this.#kept) {
      if (other === id) break
      if (kept.url === url) found = kept
    }
    return found && copyOf(found)
  }

  async close(): Promise<void> {}

  #judgeSize(record: ReportRecord): ReportRecord {
    const { length } = record.judged
    if (length > this.#reportBytes) throw new ReportTooLargeError(length, this.#reportBytes)
    return record
  }

  /** The oldest go, but never the one that was just written. */
  #makeRoom(written: string): void {
    for (const [id, { judged }] of this.#kept) {
      if (this.#kept.size <= this.#capacity && this.#bytes <= this.#totalBytes) return
      if (id === written) continue
      this.#kept.delete(id)
      this.#bytes -= judged.length
    }
  }
}

/** Whoever changes one copy changes no other. */
const copyOf = (record: ReportRecord): ReportRecord => ({ ...record, judged: record.judged.slice() })
