/** One item of the checklist: what was looked at, what was found, and the commands to look oneself. */
import * as z from 'zod/mini'
import { sentenceText } from '#lib/text/sentence-schema.ts'

export const checkOutcome = z.enum([
  /** As it should be. */
  'ok',
  /** Works, and may not for everybody or not for long. */
  'warning',
  'problem',
  /** Could not be looked at, or nobody asked. */
  'unknown',
])

export const checklistItem = z.looseObject({
  id: z.string(),
  /** The URL that was given, or the Why1006 server itself. */
  about: z.enum(['url', 'server']),
  title: z.string(),
  outcome: checkOutcome,
  /** What was found, in one or two sentences. */
  says: sentenceText,
  /** The figures behind it; names carry their units. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  /** Commands of `lib/checklist/commands.ts` that look at the same, by id. */
  commands: z.array(z.string()),
  /** How long the check took; absent where it was not run to its end, or in the page. */
  took_ms: z.optional(z.number()),
})

export type CheckOutcome = z.infer<typeof checkOutcome>
export type ChecklistItem = z.infer<typeof checklistItem>
