/** The report: what the judge says of one evidence document. Snake case, like everything that crosses a boundary. */
import * as z from 'zod/mini'
import { numbered } from '#lib/text/diff.ts'
import { sentence } from '#lib/text/foreign.ts'
import { codeText, sentenceText, shortText } from '#lib/text/sentence-schema.ts'

const because = z.object({
  says: sentenceText,
  /** Where it stands in the evidence: `server[0].headers`. */
  from: shortText,
})

const change = z.object({
  /** Which program it is for, and where in its configuration (lib/text/fix.ts); absent in reports that are older than this. */
  program: z.optional(z.string()),
  context: z.optional(z.string()),
  /** The framework or library that it is for, and the end that has it, where `program` alone does not tell. */
  of: z.optional(z.string()),
  at: z.optional(z.enum(['client', 'server'])),
  /** The evidence shows its program. */
  seen: z.optional(z.boolean()),
  /** The same in words. */
  where: sentenceText,
  text: codeText,
  /** The same in the reader's own file. */
  diff: z.optional(
    z.array(z.object({ number: z.nullable(z.number()), sign: z.enum([' ', '+', '-']), text: shortText })),
  ),
})

const fix = z.object({
  summary: sentenceText,
  changes: z.array(change),
  /** For programs that the evidence does not show, of the first verdict. */
  others: z.optional(z.array(change)),
})

/** Something to try or to fetch, and what each result of it would mean. */
const experiment = z.looseObject({
  id: z.string(),
  do: sentenceText,
  /** What Why1006 runs by itself: a diagnosis with these members of its order changed (lib/diagnosis/next). */
  runs: z.optional(
    z.looseObject({
      hold_seconds: z.optional(z.number()),
      origin: z.optional(z.string()),
      /** The member that only the reader can fill in. */
      asks: z.optional(z.enum(['direct', 'headers', 'subprotocols'])),
    }),
  ),
  /** The same in a shell, or what fetches the lines. */
  command: z.optional(codeText),
  /** Its result is text to paste. */
  pastes: z.optional(z.boolean()),
  outcomes: z.array(z.looseObject({ shows: sentenceText, causes: z.array(shortText) })),
})

export const reportSchema = z.looseObject({
  outcome: z.enum(['healthy', 'fault', 'undetermined']),
  /** The answer in a line, without a period; empty in reports that are older than this. */
  headline: z._default(sentenceText, sentence``),
  /** How long the open connection was watched, in milliseconds; absent where it did not open. */
  watched_ms: z.optional(z.number()),
  /** How it ended, as far as it was told; absent where a probe looked itself (lib/facts/ending has the kinds). */
  ending: z.optional(
    z.looseObject({
      kind: shortText,
      status: z.optional(z.number()),
      code: z.optional(z.number()),
      /** The proxy whose log was brought. */
      through: z.optional(shortText),
    }),
  ),
  /** Best first; empty when healthy. */
  verdicts: z.array(
    z.looseObject({
      cause: shortText,
      certainty: z.enum(['proven', 'likely', 'possible']),
      because: z.array(because),
      fix,
    }),
  ),
  ruled_out: z.array(
    z.looseObject({
      cause: shortText,
      because: z.array(because),
      /** It explains connections that end like this one, and something of this one speaks against it. */
      plausible: z.optional(z.boolean()),
    }),
  ),
  /** What was not observed, the most telling first. */
  missing: z.array(z.looseObject({ observation: shortText, would_settle: z.array(shortText) })),
  /** What to do next, best first, three at most; empty where a cause is proven. */
  next: z._default(z.array(experiment), []),
  /** Worth knowing, and never part of the outcome. */
  warnings: z.array(z.looseObject({ id: shortText, says: sentenceText })),
  /** Causes whose test failed: a fault of ours. The others stand. */
  failed_checks: z.array(z.looseObject({ cause: shortText, error: sentenceText })),
})

export type Report = z.infer<typeof reportSchema>
export type Verdict = Report['verdicts'][number]
export type Outcome = Report['outcome']
export type Warning = Report['warnings'][number]

/** Healthy, in a look that was shorter than an idle timer waits: a longer one is offered. */
export const isShortLook = ({ outcome, next }: Pick<Report, 'outcome' | 'next'>): boolean =>
  outcome === 'healthy' && next.some(({ id }) => id === 'hold')

/** A change to print: as a diff of the reader's own file where there is one. */
export const writtenOf = ({ text, diff }: Verdict['fix']['changes'][number]): string =>
  diff === undefined ? text : numbered(diff)
