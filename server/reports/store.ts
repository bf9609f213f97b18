/**
 * Where reports are kept, beside the journal. The contract of every store; `tests/server/reports/conformance.ts`
 * holds each implementation to it. A store keeps those that came last and is bounded by count and by bytes. Lists are
 * in the order in which reports were made: an imported one is listed at its own time.
 */

import type { ReportList, ReportSummary } from '#lib/api/reports.ts'
import type { ImportedFrom } from '#lib/diagnosis/stored-report.ts'
import { shortened } from '#lib/text/foreign.ts'
import { encodeJson, type JsonBytes, joinObjects } from '#server/wire/json.ts'

/** What lists show of the verdict. */
export type Leading = Pick<
  ReportSummary,
  'outcome' | 'cause' | 'certainty' | 'so_far' | 'headline' | 'watched_ms'
>

const LONGEST_URL = 2000

/** As lists have it: a longer one is told by its beginning. */
export const keptUrl = (url: string): string => shortened(url, LONGEST_URL)

/** One report as it is kept. Secrets are masked before it comes here. */
export interface ReportRecord {
  /** Unguessable: whoever has the link may read the report. */
  readonly id: string
  /** Seconds since the Unix epoch. */
  readonly created: number
  /** When evidence was added last. */
  readonly updated?: number
  readonly url?: string
  readonly imported?: ImportedFrom
  readonly leading: Leading
  /** What it is found by, in lower case (lib/diagnosis/search-words.ts). */
  readonly words: string
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

/** Only reports that have all of it. */
export interface ReportFilter {
  /** Exactly this URL. */
  readonly url?: string | undefined
  /** A part of the URL, in lower case. */
  readonly target?: string | undefined
  readonly outcome?: readonly string[] | undefined
  /** The first cause. */
  readonly cause?: readonly string[] | undefined
  /** Seconds since the Unix epoch; `since` is within, `until` is not. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** In lower case; all of them. */
  readonly text?: readonly string[] | undefined
}

export interface ReportQuery extends ReportFilter {
  /** `next` of the page before this one. One that no store gave out begins at the newest. */
  readonly before?: string | undefined
  /** 1 or more. */
  readonly limit: number
}

export interface ReportStore {
  /**
   * Takes a new report in; those that came first make room.
   * Rejects with a `ReportTooLargeError` when it alone is beyond the bound.
   */
  add(record: ReportRecord): Promise<void>
  get(id: string): Promise<ReportRecord | undefined>
  /** What lists show of it. */
  summary(id: string): Promise<ReportSummary | undefined>
  /**
   * Replaces a report by what `change` makes of it, with nobody else in between; id and age stay. Resolves with
   * the new one, or undefined when there is none of this id (any more). Rejects with what `change` rejects with.
   */
  update(
    id: string,
    change: (record: ReportRecord) => Promise<ReportRecord>,
  ): Promise<ReportRecord | undefined>
  /** Newest first; the counts in no order. */
  list(query: ReportQuery): Promise<ReportList>
  /** The one made before this one with the same URL. */
  previous(id: string): Promise<ReportRecord | undefined>
  /** The id of a report that was made at the same time and says the same. */
  same(record: Pick<ReportRecord, 'created' | 'judged'>): Promise<string | undefined>
  close(): Promise<void>
}

/** What lists show of a report. */
export function summaryOf({
  id,
  created,
  url,
  imported,
  leading,
}: Omit<ReportRecord, 'judged' | 'words'>): ReportSummary {
  return {
    id,
    created,
    ...(url !== undefined && { url }),
    ...leading,
    ...(imported !== undefined && { imported }),
  }
}

/** A report as a file has it: what any Why1006 takes back. */
export const exportedRecord = ({ id, created, updated, url, judged }: ReportRecord): JsonBytes =>
  joinObjects(encodeJson({ id, created, updated, url }), judged)

/** A place in the list: when the report was made, and which of those it is. */
export interface Place {
  readonly created: number
  readonly number: number
}

export const placeText = ({ created, number }: Place): string => `${created}-${number}`

export const isPlace = (text: string): boolean => /^\d{1,12}(?:\.\d{1,9})?-\d{1,15}$/.test(text)

export function readPlace(text: string | undefined): Place {
  if (text === undefined || !isPlace(text)) return { created: Number.MAX_VALUE, number: 0 }
  const [created, number] = text.split('-')
  return { created: Number(created), number: Number(number) }
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

/** Where reports are kept does not answer now. */
export class ReportsAwayError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ReportsAwayError'
  }
}
