/** `/api/reports`: the list of the reports that are kept, and evidence that is added to them. */
import * as z from 'zod/mini'
import { moment, names, refusal, textThat, wholeNumber } from '#lib/api/query.ts'
import { type Outcome, reportSchema } from '#lib/diagnosis/report.ts'
import { progressSince, reportChange, reportSummary, storedReport } from '#lib/diagnosis/stored-report.ts'
import { evidenceSchema } from '#lib/evidence/schema.ts'
import { sentenceText } from '#lib/text/sentence-schema.ts'

const mostListed = 500
const outcome = reportSchema.shape.outcome
const longestText = 200
const mostWords = 8

const shortText = textThat(
  (text) => text.length <= longestText,
  refusal(`one text of at most ${longestText} characters is allowed.`),
)

const outcomes = z.pipe(
  names,
  z.custom<Outcome[]>(
    (given) => z.safeParse(z.array(outcome), given).success,
    refusal(`allowed are ${outcome.options.join(', ')}, separated by commas.`, {
      code: 'malformed-parameter',
      allowed: outcome.options,
    }),
  ),
)

const causes = z.pipe(
  names,
  z
    .array(z.string())
    .check(z.refine((given) => given.length <= 50, refusal('at most 50 causes are allowed.'))),
)

/** Only reports that have all of it. */
const filter = {
  /** Exactly this URL. */
  url: z.optional(z.string(refusal('one URL is allowed.'))),
  /** A part of the URL: a host, a path. Upper and lower case are the same. */
  target: z.optional(shortText),
  outcome: z.optional(outcomes),
  /** The first cause. */
  cause: z.optional(causes),
  /** When they were made: from `since` on, before `until`. */
  since: z.optional(moment),
  until: z.optional(moment),
  /** Words of the URL, the answer and its evidence, all of them, in any order. */
  text: z.optional(
    z.pipe(
      shortText,
      z.transform((text) => text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, mostWords)),
    ),
  ),
}

/** The query of `GET /api/reports`. */
export const reportsQuery = z.object({
  ...filter,
  /** Where the page before this one ended: `next` of its answer. */
  before: z.optional(z.string(refusal('one cursor is allowed.'))),
  limit: z._default(
    z.pipe(
      wholeNumber({ least: 1, greatest: 9_999 }, 'reports'),
      z.transform((limit) => Math.min(limit, mostListed)),
    ),
    mostListed,
  ),
})

/** What lists show of a report. */
export const reportSummaryOf = z.looseObject({ ...reportSummary, url: z.optional(z.string()) })

export type ReportsQuery = z.infer<typeof reportsQuery>

/** Its answer, newest first. */
export const reportList = z.looseObject({
  reports: z.array(reportSummaryOf),
  /** The cursor of the next page; null where this is the last. */
  next: z.nullable(z.string()),
  /** How many there are by outcome and first cause, on all pages and whatever `outcome` and `cause` were asked for. */
  counts: z.array(z.looseObject({ outcome, cause: z.optional(z.string()), count: z.number() })),
})
export type ReportList = z.infer<typeof reportList>
export type ReportSummary = z.infer<typeof reportSummaryOf>
export type ReportCount = ReportList['counts'][number]

/** The query of `GET /api/reports/compare`: two reports by their ids. */
export const compareQuery = z.object({
  before: z.string(refusal('the id of the earlier report is needed.')),
  after: z.string(refusal('the id of the later report is needed.')),
})

/** Its answer. */
export const reportComparison = z.looseObject({
  before: reportSummaryOf,
  after: reportSummaryOf,
  progress: progressSince,
  /** What became of it, in one sentence. */
  says: sentenceText,
  changes: z.array(reportChange),
})
export type ReportComparison = z.infer<typeof reportComparison>

/** The answer to `POST /api/reports/import`, whose body is a report as it was exported (lib/diagnosis/exported.ts). */
export const importAnswer = z.looseObject({
  /** Kept as another report of this server; false where the same one is here already. */
  is_new: z.boolean(),
  report: reportSummaryOf,
})
export type ImportAnswer = z.infer<typeof importAnswer>

/**
 * The body of `POST /api/reports` (a new report) and of `POST /api/reports/<id>/evidence` (more of it): an evidence
 * document, or text that the server reads (log lines, console messages, an nginx configuration), or both.
 */
export const evidenceOrder = z.strictObject({
  evidence: z.optional(evidenceSchema),
  text: z.optional(z.string()),
})
export type EvidenceOrder = z.infer<typeof evidenceOrder>

/** The answer to both: the whole report, and what the server made of the text. */
export const evidenceAnswer = z.looseObject({
  ...storedReport.shape,
  reading: z.optional(
    z.looseObject({
      /** In words: "36 log lines", "2 console messages". */
      recognised: z.array(z.string()),
      /** The first lines that were not understood. */
      unread: z.array(z.string()),
      unread_count: z.number(),
      /** Piece by piece: what kind it is, which lines, what it says. */
      read: z.optional(
        z.array(
          z.looseObject({
            file: z.string(),
            pieces: z.array(
              z.looseObject({
                kind: z.string(),
                program: z.optional(z.string()),
                lines: z.tuple([z.number(), z.number()]),
                says: z.string(),
              }),
            ),
            unread: z.array(z.looseObject({ line: z.number(), text: z.string() })),
            unread_count: z.number(),
          }),
        ),
      ),
    }),
  ),
})
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>
