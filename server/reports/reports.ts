/** Evidence in, a kept report out: judged, compared with the one before, and judged again when more is known. */
import { randomBytes } from 'node:crypto'
import type { Problem } from '#lib/api/problem.ts'
import type {
  ImportAnswer,
  ReportComparison,
  ReportList,
  ReportSummary,
  ReportsQuery,
} from '#lib/api/reports.ts'
import type { Reading } from '#lib/diagnosis/read-and-judge.ts'
import type { PreviousReport } from '#lib/diagnosis/stored-report.ts'
import { maskText } from '#lib/evidence/mask.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { busy, type Judge, JudgingError } from '#server/reports/judge.ts'
import {
  exportedRecord,
  keptUrl,
  type Leading,
  type ReportRecord,
  type ReportStore,
  ReportsAwayError,
  ReportTooLargeError,
  summaryOf,
} from '#server/reports/store.ts'
import { encodeJson, type JsonBytes, joinObjects } from '#server/wire/json.ts'

/**
 * Reports as JSON, since they may have megabytes. `brought` is the body of an order, an `evidenceOrder` of lib/api.
 * What each rejects with, `refusalOf` words.
 */
export interface Reports {
  /**
   * Judges what was brought and keeps the report: an `evidenceAnswer`.
   * @param events of the connection, as its own server told them
   */
  create(brought: JsonBytes, events?: JsonBytes): Promise<JsonBytes>
  /** Adds to a report and judges again; undefined when there is none of this id. */
  add(id: string, brought: JsonBytes, events?: JsonBytes): Promise<JsonBytes | undefined>
  /** A `storedReport`. */
  get(id: string): Promise<JsonBytes | undefined>
  markdown(id: string): Promise<string | undefined>
  /** One file that needs nothing else, and can be imported again. */
  html(id: string): Promise<string | undefined>
  /** A picture of the verdict, as PNG. */
  card(id: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Keeps a report that was exported, as the body was sent; one that is here already is found again. */
  import(brought: JsonBytes): Promise<ImportAnswer>
  /**
   * Judges evidence, and keeps a report of it where the verdict is worth one.
   * @returns the verdict, and the report's id where it is kept
   */
  note(evidence: Evidence, isKept: (leading: Leading) => boolean): Promise<Noted>
  /** Newest first. */
  list(query: ReportsQuery): Promise<ReportList>
  /** What lists show of one. */
  summary(id: string): Promise<ReportSummary | undefined>
  /** What became of the first; undefined where there is none of either id. */
  compare(before: string, after: string): Promise<ReportComparison | undefined>
}

export interface Noted {
  readonly leading: Leading
  readonly id?: string
}

type Kept = Pick<ReportRecord, 'leading' | 'words' | 'judged'> & { readonly url?: string | undefined }

/** Nobody guesses it. */
const newId = (): string => randomBytes(16).toString('hex')

/** Additions wait for one another, and each holds what was brought meanwhile. */
const mostAdding = 32

/** @param now seconds since the Unix epoch */
export function createReports(
  store: ReportStore,
  judge: Judge,
  now: () => number = () => Date.now() / 1000,
): Reports {
  let adding = 0
  const previousOf = async (record: ReportRecord): Promise<PreviousReport | undefined> => {
    const before = await store.previous(record.id)
    if (before === undefined) return undefined
    const { url: _, ...summary } = summaryOf(before)
    try {
      return { ...summary, ...(await judge.compare(before.judged, record.judged)) }
    } catch (error) {
      // The report stands without it.
      if (error instanceof JudgingError) return undefined
      throw error
    }
  }
  const told = async (record: ReportRecord, reading?: Reading): Promise<JsonBytes> => {
    const { imported } = record
    const previous = await previousOf(record)
    return joinObjects(exportedRecord(record), encodeJson({ imported, previous, reading }))
  }
  const get = async (id: string) => {
    const record = await store.get(id)
    return record && told(record)
  }

  const addTo = async (id: string, brought: JsonBytes, events: JsonBytes | undefined) => {
    let reading: Reading | undefined
    const record = await store.update(id, async (before) => {
      const { leading, words, judged, ...more } = await judge.judge({
        brought,
        before: before.judged,
        told: events,
      })
      reading = more.reading
      const url = before.url ?? more.url
      return { ...before, updated: now(), ...(url !== undefined && { url }), leading, words, judged }
    })
    return record && told(record, reading)
  }

  const keep = async ({ url, leading, words, judged }: Kept) => {
    const record: ReportRecord = {
      id: newId(),
      created: now(),
      ...(url !== undefined && { url }),
      leading,
      words,
      judged,
    }
    await store.add(record)
    return record
  }

  return {
    async create(brought, events) {
      const { reading, ...judgement } = await judge.judge({ brought, told: events })
      return told(await keep(judgement), reading)
    },
    async note(evidence, isKept) {
      const judgement = await judge.judge({ brought: encodeJson({ evidence }) })
      const { leading } = judgement
      if (!isKept(leading)) return { leading }
      const { id } = await keep(judgement)
      return { leading, id }
    },
    async add(id, brought, events) {
      if (adding >= mostAdding) throw new JudgingError(503, busy)
      adding += 1
      try {
        return await addTo(id, brought, events)
      } finally {
        adding -= 1
      }
    },
    get,
    async markdown(id) {
      const report = await get(id)
      return report && judge.markdown(report)
    },
    list: ({ url, target, outcome, cause, ...rest }) =>
      store.list({
        ...rest,
        // Kept under the masked address, so that is how it is found.
        url: url === undefined ? undefined : keptUrl(maskText(url)),
        target: target?.toLowerCase(),
        // No name between the commas asks for everything.
        outcome: outcome?.length ? outcome : undefined,
        cause: cause?.length ? cause : undefined,
      }),
    summary: (id) => store.summary(id),
    async html(id) {
      const report = await get(id)
      return report && judge.html(report)
    },
    async card(id) {
      const summary = await store.summary(id)
      return summary && judge.card(summary)
    },
    async import(brought) {
      const at = now()
      const { created = at, said, url, leading, words, judged } = await judge.import(brought, at)
      const known = await store.same({ created, judged })
      const found = known === undefined ? undefined : await store.summary(known)
      if (found) return { is_new: false, report: found }
      const record: ReportRecord = {
        id: newId(),
        created,
        ...(url !== undefined && { url }),
        imported: { at, ...(said && { said }) },
        leading,
        words,
        judged,
      }
      await store.add(record)
      return { is_new: true, report: summaryOf(record) }
    },
    async compare(before, after) {
      const [was, is] = await Promise.all([store.get(before), store.get(after)])
      if (was === undefined || is === undefined) return undefined
      const comparison = await judge.compare(was.judged, is.judged)
      return { before: summaryOf(was), after: summaryOf(is), ...comparison }
    },
  }
}

/** Why a report cannot be had, as an answer; undefined where the error is our own. */
export function refusalOf(
  error: unknown,
): (Pick<JudgingError, 'problem'> & { status: 400 | 413 | 422 | 503 }) | undefined {
  if (error instanceof JudgingError) return error
  if (error instanceof ReportsAwayError) return { status: 503, problem: away }
  if (!(error instanceof ReportTooLargeError)) return undefined
  const problem: Problem = {
    error: 'report_too_large',
    message: `${error.message}.`,
    remedy: 'Add only the lines about the connection in question.',
  }
  return { status: 413, problem }
}

const away: Problem = {
  error: 'reports_away',
  message: 'Redis, where reports are kept, does not answer.',
  remedy: 'Try again in a moment. GET /health says when it is back.',
}
