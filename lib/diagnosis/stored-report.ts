/**
 * A report that is kept, and how it compares with the one before it of the same URL. All times are seconds since the
 * Unix epoch. Secrets are masked in everything that is kept; `report.warnings` then has
 * `secrets-masked`.
 */
import * as z from 'zod/mini'
import { reportSchema } from '#lib/diagnosis/report.ts'
import { evidenceSchema } from '#lib/evidence/schema.ts'
import { sentenceText } from '#lib/text/sentence-schema.ts'

/** One difference between two reports of the same URL. */
export const reportChange = z.looseObject({
  /** outcome, cause, certainty, stage, status, header, timing, warning. */
  what: z.string(),
  /** Absent where there was nothing before, or is nothing now. */
  before: z.optional(z.string()),
  after: z.optional(z.string()),
  /** One sentence for people. */
  says: sentenceText,
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

/** It was made elsewhere and brought here as a file. */
export const importedFrom = z.looseObject({
  at: z.number(),
  /** What the file said, where this version judges its evidence otherwise. */
  said: z.optional(z.looseObject({ outcome: reportSchema.shape.outcome, cause: z.optional(z.string()) })),
})
export type ImportedFrom = z.infer<typeof importedFrom>

export const reportSummary = {
  id: z.string(),
  /** An imported report keeps the time at which it was made. */
  created: z.number(),
  outcome: reportSchema.shape.outcome,
  /** The leading cause; absent when healthy, or when nothing is known. */
  cause: z.optional(z.string()),
  certainty: z.optional(z.enum(['proven', 'likely', 'possible'])),
  /** Healthy, in a look so short that an idle timer could not strike yet. */
  so_far: z.optional(z.boolean()),
  /** The answer in a line; absent in reports that are older than this. */
  headline: z.optional(sentenceText),
  /** How long the open connection was watched; absent where it did not open. */
  watched_ms: z.optional(z.number()),
  imported: z.optional(importedFrom),
}

/** The report before this one for the same URL. */
export const previousReport = z.looseObject({
  ...reportSummary,
  progress: progressSince,
  /** The answer to "did the fix work?" in one sentence. */
  says: sentenceText,
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
  imported: z.optional(importedFrom),
  report: reportSchema,
  evidence: evidenceSchema,
  previous: z.optional(previousReport),
})
export type StoredReport = z.infer<typeof storedReport>
