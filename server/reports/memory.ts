/** Reports in memory, gone with the process. */
import type { ReportList, ReportSummary } from '#lib/api/reports.ts'
import { listOf, previousIn } from '#server/reports/listing.ts'
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

type Kept = { readonly number: number; readonly record: ReportRecord }

class MemoryReports implements ReportStore {
  readonly #capacity: number
  readonly #totalBytes: number
  readonly #reportBytes: number
  /** In the order in which they came. */
  readonly #kept = new Map<string, Kept>()
  readonly #turns = new Turns()
  #bytes = 0
  #last = 0

  constructor({ capacity = 500, totalBytes = 64 * MEBIBYTE, reportBytes = 8 * MEBIBYTE }: ReportBounds) {
    this.#capacity = capacity
    this.#totalBytes = totalBytes
    this.#reportBytes = Math.min(reportBytes, totalBytes)
  }

  async add(record: ReportRecord): Promise<void> {
    const kept = this.#judgeSize(copyOf(record))
    this.#last += 1
    this.#kept.set(record.id, { number: this.#last, record: kept })
    this.#bytes += kept.judged.length
    this.#makeRoom(record.id)
  }

  async get(id: string): Promise<ReportRecord | undefined> {
    const kept = this.#kept.get(id)
    return kept && copyOf(kept.record)
  }

  async summary(id: string): Promise<ReportSummary | undefined> {
    const kept = this.#kept.get(id)
    return kept && summaryOf(kept.record)
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
    this.#kept.set(id, { ...replaced, record: after })
    this.#bytes += after.judged.length - replaced.record.judged.length
    this.#makeRoom(id)
    return copyOf(after)
  }

  async list(query: ReportQuery): Promise<ReportList> {
    return listOf(this.#kept.values(), query)
  }

  async previous(id: string): Promise<ReportRecord | undefined> {
    const found = previousIn(this.#kept.values(), id)
    return found === undefined ? undefined : this.get(found)
  }

  async same({ created, judged }: Pick<ReportRecord, 'created' | 'judged'>): Promise<string | undefined> {
    const found = [...this.#kept.values()].find(
      ({ record }) => record.created === created && Buffer.compare(record.judged, judged) === 0,
    )
    return found?.record.id
  }

  async close(): Promise<void> {}

  #judgeSize(record: ReportRecord): ReportRecord {
    const { length } = record.judged
    if (length > this.#reportBytes) throw new ReportTooLargeError(length, this.#reportBytes)
    return record
  }

  /** Those that came first go, but never the one that was just written. */
  #makeRoom(written: string): void {
    for (const [id, { record }] of this.#kept) {
      if (this.#kept.size <= this.#capacity && this.#bytes <= this.#totalBytes) return
      if (id === written) continue
      this.#kept.delete(id)
      this.#bytes -= record.judged.length
    }
  }
}

/** Whoever changes one copy changes no other. */
const copyOf = (record: ReportRecord): ReportRecord => ({ ...record, judged: record.judged.slice() })
