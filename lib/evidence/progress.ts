/**
 * What a probe says while it runs: one event as a stage begins, one as it ends. The command line prints them,
 * the HTTP route streams them as NDJSON, the page lights its stations by them.
 */
import * as z from 'zod/mini'
import { probeEvidence, retryEvidence } from '#lib/evidence/observers.ts'
import { sentenceText } from '#lib/text/sentence-schema.ts'

/** In the order in which they happen; `retry` comes once for each retry. */
export const stageName = z.enum([
  'url',
  'dns',
  'tcp',
  'tls',
  'http',
  'checks',
  'frames',
  'watch',
  'close',
  'retry',
])
export type StageName = z.infer<typeof stageName>

export const stageEvent = z.looseObject({
  type: z.literal('stage'),
  stage: stageName,
  state: z.enum(['started', 'ok', 'failed']),
  /** Milliseconds since the attempt began: when it started, or when it ended. */
  ms: z.number(),
  /** How long a watch or a retry lasts at most: for a countdown. */
  for_ms: z.optional(z.number()),
  /** One sentence for people. */
  says: sentenceText,
  /** What the stage added to `evidence.probe`; absent for stages of retries. */
  found: z.optional(probeEvidence),
  /** What a retry found, at its end. */
  retry: z.optional(retryEvidence),
})
export type StageEvent = z.infer<typeof stageEvent>
