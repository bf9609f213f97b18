/**
 * Where reports are kept, beside the journal. The contract of every store; `tests/server/reports/conformance.ts`
 * holds each implementation to it. A store keeps the newest and is bounded by count and by bytes.
 */

import type { ReportSummary } from '#lib/api/reports.ts'
import type { JsonBytes } from '#server/wire/json.ts'

/** What lists show of the verdict. */
export type Leading = Pick<ReportSummary, 'outcome' | 'cause' | 'certainty' | 'so_far'>

/** One report as it is kept. Secrets are masked before it comes here. */
export interface ReportRecord {
  /** Unguessable: whoever has the link may read the report. */
  readonly id: string
  /** Seconds since the Unix epoch. */
  readonly created: number
  /** When evidence was added last. */
  readonly updated?: number
  readonly url?: string
  readonly leading: Leading
  /** `{"report":…,"evidence":…}`. As bytes, because it may have megabytes and no store looks into it. */
  readonly judged: JsonBytes
}

/** What a store keeps at most. */
export interface ReportBounds {
  /** Reports kept. */
  readonly capacity?: number
  /** Bytes of JSON kept in all. */
  readonly totalBytes?: number
  /** Bytes of JSON that one report may have. */
  readonly reportBytes?: number
}

export interface ReportQuery {
  /** Only reports of exactly this URL. */
  readonly url?: string | undefined
  /** 1 or more. */
  readonly limit: number
}

export interface ReportStore {
  /**
   * Takes a new report in; the oldest make room.
   * Rejects with a `ReportTooLargeError` when it alone is beyond the bound.
   */
  add(record: ReportRecord): Promise<void>
  get(id: string): Promise<ReportRecord | undefined>
  /**
   * Replaces a report by what `change` makes of it, with nobody else in between; id and age stay. Resolves with
   * the new one, or undefined when there is none of this id (any more). Rejects with what `change` rejects with.
   */
  update(
    id: string,
    change: (record: ReportRecord) => Promise<ReportRecord>,
  ): Promise<ReportRecord | undefined>
  /** Newest first. */
  list(query: ReportQuery): Promise<readonly ReportSummary[]>
  /** The one before this one with the same URL. */
  previous(id: string): Promise<ReportRecord | undefined>
  close(): Promise<void>
}

/** What lists show of a report. */
export function summaryOf({ id, created, url, leading }: ReportRecord): ReportSummary {
  return { id, created, ...(url !== undefined && { url }), ...leading }
}

export class ReportTooLargeError extends Error {
  readonly bytes: number
  readonly limitBytes: number

  constructor(bytes: number, limitBytes: number) {
    super(`The report has ${bytes} bytes, more than the ${limitBytes} that one may have`)
    this.name = 'ReportTooLargeError'
    this.bytes = bytes
    this.limitBytes = limitBytes
  }
}
