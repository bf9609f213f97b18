/** Reports in memory, gone with the process. */
import type { ReportCount, ReportList, ReportSummary } from '#lib/api/reports.ts'
import {
  type Leading,
  type Place,
  placeText,
  type ReportBounds,
  type ReportFilter,
  type ReportQuery,
  type ReportRecord,
  type ReportStore,
  ReportTooLargeError,
  readPlace,
  summaryOf,
} from '#server/reports/store.ts'
import { Turns } from '#server/reports/turns.ts'

const MEBIBYTE = 1024 * 1024

export function createMemoryReports(options: ReportBounds = {}): ReportStore {
  return new MemoryReports(options)
}

type Others = Omit<ReportFilter, 'outcome' | 'cause'>

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

  async list({ before, limit, outcome, cause, ...others }: ReportQuery): Promise<ReportList> {
    const end = readPlace(before)
    const all = this.#newestFirst().filter(({ record }) => fits(record, others))
    const found = all.filter(
      (kept) => byAge(placeOf(kept), end) < 0 && isOf(kept.record.leading, outcome, cause),
    )
    const last = found[limit - 1]
    return {
      reports: found.slice(0, limit).map(({ record }) => summaryOf(record)),
      next: last !== undefined && found.length > limit ? placeText(placeOf(last)) : null,
      counts: countsOf(all),
    }
  }

  async previous(id: string): Promise<ReportRecord | undefined> {
    const of = this.#kept.get(id)
    if (of?.record.url === undefined) return undefined
    const { url } = of.record
    const found = this.#newestFirst().find(
      (kept) => kept.record.url === url && byAge(placeOf(kept), placeOf(of)) < 0,
    )
    return found && copyOf(found.record)
  }

  async same({ created, judged }: Pick<ReportRecord, 'created' | 'judged'>): Promise<string | undefined> {
    const found = [...this.#kept.values()].find(
      ({ record }) => record.created === created && Buffer.compare(record.judged, judged) === 0,
    )
    return found?.record.id
  }

  async close(): Promise<void> {}

  #newestFirst(): Kept[] {
    return [...this.#kept.values()].sort((a, b) => byAge(placeOf(b), placeOf(a)))
  }

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

const placeOf = ({ number, record: { created } }: Kept): Place => ({ created, number })

const byAge = (a: Place, b: Place): number => a.created - b.created || a.number - b.number

function isOf(leading: Leading, outcome: ReportFilter['outcome'], cause: ReportFilter['cause']): boolean {
  return (
    (outcome === undefined || outcome.includes(leading.outcome)) &&
    (cause === undefined || (leading.cause !== undefined && cause.includes(leading.cause)))
  )
}

function fits({ url, created, words }: ReportRecord, filter: Others): boolean {
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = filter
  return (
    (filter.url === undefined || url === filter.url) &&
    (filter.target === undefined || url?.toLowerCase().includes(filter.target) === true) &&
    created >= since &&
    created < until &&
    (filter.text ?? []).every((word) => words.includes(word))
  )
}

function countsOf(all: readonly Kept[]): ReportCount[] {
  const counts = new Map<string, ReportCount>()
  for (const { record } of all) {
    const { outcome, cause } = record.leading
    const count = (counts.get(`${outcome} ${cause}`)?.count ?? 0) + 1
    counts.set(`${outcome} ${cause}`, { outcome, ...(cause !== undefined && { cause }), count })
  }
  return [...counts.values()]
}

/** Whoever changes one copy changes no other. */
const copyOf = (record: ReportRecord): ReportRecord => ({ ...record, judged: record.judged.slice() })
