/**
 * `/api/reports`: the reports that are kept, and evidence that is added to them. `created` and `updated` are
 * seconds since the Unix epoch. Secrets are masked in everything that is kept; `report.warnings` then has
 * `secrets-masked`.
 */
import * as z from 'zod/mini'
import { reportSchema } from '#lib/diagnosis/report.ts'
import { evidenceSchema } from '#lib/evidence/schema.ts'

/** Why a request was not done. `error` is for programs, `message` and `remedy` are sentences for people. */
export const problem = z.looseObject({
  error: z.string(),
  message: z.string(),
  remedy: z.string(),
})
export type Problem = z.infer<typeof problem>

/** One difference between two reports of the same URL. */
export const reportChange = z.looseObject({
  /** outcome, cause, certainty, stage, status, header, timing, warning. */
  what: z.string(),
  /** Absent where there was nothing before, or is nothing now. */
  before: z.optional(z.string()),
  after: z.optional(z.string()),
  /** One sentence for people. */
  says: z.string(),
})
export type ReportChange = z.infer<typeof reportChange>

/** What became of the fault since the last time. `unclear`: one of the two reports is undetermined. */
export const progressSince = z.enum([
  'fixed',
  'same-fault',
  'other-fault',
  'broken',
  'still-healthy',
  'unclear',
])
export type ProgressSince = z.infer<typeof progressSince>

const summary = {
  id: z.string(),
  created: z.number(),
  outcome: reportSchema.shape.outcome,
  /** The leading cause; absent when healthy, or when nothing is known. */
  cause: z.optional(z.string()),
  certainty: z.optional(z.enum(['proven', 'likely', 'possible'])),
}

/** The report before this one for the same URL. */
export const previousReport = z.looseObject({
  ...summary,
  progress: progressSince,
  /** The answer to "did the fix work?" in one sentence. */
  says: z.string(),
  changes: z.array(reportChange),
})
export type PreviousReport = z.infer<typeof previousReport>

export const storedReport = z.looseObject({
  id: z.string(),
  created: z.number(),
  /** When evidence was added last. */
  updated: z.optional(z.number()),
  /** Absent where the evidence names none, as a log often does not. */
  url: z.optional(z.string()),
  report: reportSchema,
  evidence: evidenceSchema,
  previous: z.optional(previousReport),
})
export type StoredReport = z.infer<typeof storedReport>

/** `GET /api/reports?url=&limit=`, newest first. */
export const reportList = z.looseObject({
  reports: z.array(z.looseObject({ ...summary, url: z.optional(z.string()) })),
})
export type ReportList = z.infer<typeof reportList>
export type ReportSummary = ReportList['reports'][number]

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
      /** The first lines that nobody understood. */
      unread: z.array(z.string()),
      unread_count: z.number(),
    }),
  ),
})
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>
