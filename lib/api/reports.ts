/** `/api/reports`: the list of the reports that are kept, and evidence that is added to them. */
import * as z from 'zod/mini'
import { refusal, wholeNumber } from '#lib/api/query.ts'
import { reportSummary, storedReport } from '#lib/diagnosis/stored-report.ts'
import { evidenceSchema } from '#lib/evidence/schema.ts'

const mostListed = 500

/** The query of `GET /api/reports`. */
export const reportsQuery = z.object({
  /** Only reports of exactly this URL. */
  url: z.optional(z.string(refusal('one URL is allowed.'))),
  limit: z._default(
    z.pipe(
      wholeNumber({ least: 1, greatest: 9_999 }, 'reports'),
      z.transform((limit) => Math.min(limit, mostListed)),
    ),
    mostListed,
  ),
})

/** Its answer, newest first. */
export const reportList = z.looseObject({
  reports: z.array(z.looseObject({ ...reportSummary, url: z.optional(z.string()) })),
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
