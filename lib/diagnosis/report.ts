/** The report: what the judge says of one evidence document. Snake case, like everything that crosses a boundary. */
import * as z from 'zod/mini'
import { codeText, sentenceText, shortText } from '#lib/text/sentence-schema.ts'

const because = z.object({
  says: sentenceText,
  /** Where it stands in the evidence: `server[0].headers`. */
  from: shortText,
})

const fix = z.object({
  summary: sentenceText,
  changes: z.array(
    z.object({
      /** Which program it is for, and where in its configuration (lib/text/fix.ts); absent in reports that are older than this. */
      program: z.optional(z.string()),
      context: z.optional(z.string()),
      /** The same in words. */
      where: sentenceText,
      text: codeText,
    }),
  ),
})

export const reportSchema = z.looseObject({
  outcome: z.enum(['healthy', 'fault', 'undetermined']),
  /** Best first; empty when healthy. */
  verdicts: z.array(
    z.looseObject({
      cause: shortText,
      certainty: z.enum(['proven', 'likely', 'possible']),
      because: z.array(because),
      fix,
    }),
  ),
  ruled_out: z.array(z.looseObject({ cause: shortText, because: z.array(because) })),
  /** What was not observed, the most telling first. */
  missing: z.array(z.looseObject({ observation: shortText, would_settle: z.array(shortText) })),
  /** Worth knowing, and never part of the outcome. */
  warnings: z.array(z.looseObject({ id: shortText, says: sentenceText })),
  /** Causes whose test failed: a fault of ours. The others stand. */
  failed_checks: z.array(z.looseObject({ cause: shortText, error: sentenceText })),
})

export type Report = z.infer<typeof reportSchema>
export type Verdict = Report['verdicts'][number]
export type Outcome = Report['outcome']
export type Warning = Report['warnings'][number]
