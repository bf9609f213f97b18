/** Makes the retries that a plan asks for, one after the other, and tells of each as it runs. */
import { sessionNamed } from '#lib/applications/recognize.ts'
import { outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import { resultWords, variationWords } from '#lib/evidence/retry-kinds.ts'
import type { ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'
import { sentence } from '#lib/text/foreign.ts'
import { type AttemptOptions, type AttemptTools, attempt } from '#server/probe/attempt.ts'
import type { Variation } from '#server/probe/question.ts'
import { retryEvidence, retryOptions } from '#server/probe/retry.ts'
import type { Plan } from '#server/probe/retry-plan.ts'
import { openSession } from '#server/probe/session.ts'
import type { ProbeClock, RunClock } from '#server/probe/transport/clock.ts'
import { noLessPublic, type Resolver } from '#server/probe/transport/dns.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { locationOf } from '#server/probe/variations.ts'

export interface RetryTools extends Omit<AttemptTools, 'clock'> {
  clock: RunClock
  resolve: Resolver
  /** The address as it was given, before it was read as that of a WebSocket. */
  asked: URL
}

/** Redirects shown one after the other; browsers follow none for a WebSocket. */
const MOST_REDIRECTS = 3

/** Watched in any case; only longer is waiting on purpose. */
const SHORT_WATCH_MS = 2000

export async function makeRetries(
  plan: Plan,
  seen: ProbeEvidence,
  first: AttemptOptions,
  tools: RetryTools,
): Promise<RetryEvidence[]> {
  const { clock, signal } = tools
  const elsewhere = noLessPublic(tools.resolve, seen.tcp?.address ?? '')
  const made: RetryEvidence[] = []
  const visited = new Set([first.url.href])
  for (let planned = plan.next(made); planned; planned = plan.next(made)) {
    if (signal.aborted) break
    if (clock.spent()) return [...made, ...leftOut(planned, plan, made, tools)]
    if (planned.vary.location === undefined) {
      const { evidence } = await retry(planned, first, tools)
      // Interrupted, it observed less than it was made for.
      if (signal.aborted) break
      made.push(evidence)
      continue
    }
    made.push(
      ...(await followed(planned, planned.vary.location, first, visited, { ...tools, resolve: elsewhere })),
    )
  }
  return made
}

/** Named, and not made: the time is over. */
function leftOut(
  next: Variation,
  plan: Plan,
  made: readonly RetryEvidence[],
  { onStage }: RetryTools,
): RetryEvidence[] {
  const rest: RetryEvidence[] = []
  for (let planned: Variation | undefined = next; planned; planned = plan.next([...made, ...rest])) {
    rest.push({ vary: planned.vary, out_of_time: true })
  }
  const words = rest.map(({ vary }) => variationWords(vary)).join('; ')
  const says = sentence`The time for retries is over. Not tried: ${words}`
  onStage({ type: 'stage', stage: 'retry', state: 'failed', ms: 0, says })
  return rest
}

/** A redirect, and where that one leads, and so on. */
async function followed(
  planned: Variation,
  from: string,
  first: AttemptOptions,
  visited: Set<string>,
  tools: RetryTools,
): Promise<RetryEvidence[]> {
  const { evidence, location } = await retry({ ...planned, vary: { location: from } }, first, tools)
  if (tools.signal.aborted) return []
  visited.add(from)
  const isEnd = location === undefined || visited.has(location) || visited.size > MOST_REDIRECTS
  if (isEnd || tools.clock.spent()) return [evidence]
  return [evidence, ...(await followed(planned, location, first, visited, tools))]
}

async function retry(
  planned: Variation,
  first: AttemptOptions,
  tools: RetryTools,
): Promise<{ evidence: RetryEvidence; location?: string | undefined }> {
  const { clock: run, resolve, signal, onStage } = tools
  const { vary, watchMs } = planned
  const says = sentence`Trying again ${variationWords(vary)}`
  const clock = run.attempt()
  const hasHold = watchMs > SHORT_WATCH_MS ? { for_ms: watchMs } : {}
  onStage({ type: 'stage', stage: 'retry', state: 'started', ms: 0, says, ...hasHold })
  run.excuse(Math.max(0, watchMs - SHORT_WATCH_MS))
  try {
    const again = await optionsOf(planned, first, { ...tools, clock })
    if (again === undefined) {
      const refused = sentence`No session was opened.`
      onStage({ type: 'stage', stage: 'retry', state: 'failed', ms: clock.ms(), says: refused })
      return { evidence: { vary, refused } }
    }
    const seen = await attempt(again, { resolve, clock, signal, onStage: () => {} })
    const evidence = retryEvidence(vary, seen)
    const outcome = outcomeOfProbe(seen)
    onStage({
      type: 'stage',
      stage: 'retry',
      state: outcome.stage === 'open' ? 'ok' : 'failed',
      ms: clock.ms(),
      says: sentence`${variationWords(vary)}: ${resultWords(outcome)}`,
      retry: evidence,
    })
    return { evidence, location: locationOf(seen, again.url) }
  } catch (error) {
    if (!(error instanceof ProbeRefusal)) throw error
    onStage({ type: 'stage', stage: 'retry', state: 'failed', ms: clock.ms(), says: error.message })
    return { evidence: { vary, refused: error.message } }
  }
}

/** Undefined where the retry is about a session, and none was opened. */
async function optionsOf(
  planned: Variation,
  first: AttemptOptions,
  { asked, ...tools }: Omit<RetryTools, 'clock'> & { clock: ProbeClock },
): Promise<AttemptOptions | undefined> {
  const again = retryOptions(planned, first)
  const { session: wanted } = planned.vary
  if (wanted === undefined) return again
  if (wanted === 'address') return { ...again, url: asked }
  const session = sessionNamed(wanted)
  const opened = session && (await openSession(session, again, { ...tools, onStage: () => {} }))
  return opened && { ...again, ...opened }
}
