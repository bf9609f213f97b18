/**
 * Which retry comes next. A plan asks one question after the other; once a connection opened and stayed where the first
 * did not, only the first request itself is repeated, since what fails now and then opens by chance as well.
 */
import {
  isLost,
  outcomeOfProbe,
  outcomeOfRetry,
  outlives,
  type ProbeOutcome,
} from '#lib/evidence/probe-outcome.ts'
import type { ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'
import {
  all,
  beyond,
  GLANCE_MS,
  lastedOf,
  type PlanFacts,
  type Question,
  untilOne,
  type Variation,
} from '#server/probe/question.ts'
import { questionsFor } from '#server/probe/variations.ts'

/** A stranger's server is not asked more often than this. */
const MOST_RETRIES = 24

/** Asked one by one: what comes next depends on what the last retry found. */
export interface Plan {
  /** @param made every retry so far; undefined: there is nothing more to learn */
  next: (made: readonly RetryEvidence[]) => Variation | undefined
}

export function planRetries(first: ProbeEvidence, facts: PlanFacts): Plan {
  const outcome = outcomeOfProbe(first)
  const lastedMs = lastedOf(first)
  const fails = outcome.stage !== 'open' || isLost(outcome.end)
  const own = facts.own ?? []
  const questions = [...(fails ? [untilOne(...own)] : [all(...own)]), ...questionsFor(outcome, first, facts)]
  let waiting: Variation[] = []
  let current: Question | undefined
  let askedFrom = 0
  // What a 101 lacks is no matter of chance.
  let isRepeated = outcome.stage === 'checks'

  return {
    next: (made) => {
      if (made.length >= MOST_RETRIES || made.some(isGone)) return undefined
      const opener = fails ? made.find((retry) => isDecisive(retry, outcome, lastedMs, facts)) : undefined
      if (current?.untilOne && made.slice(askedFrom).some(holds)) waiting = []
      while (waiting.length === 0) {
        current = questions.shift()
        if (current === undefined) break
        if ((opener || made.some(isKept)) && !current.always) continue
        askedFrom = made.length
        waiting = [...current.tries(made)]
      }
      const next = waiting.shift()
      if (next !== undefined || opener === undefined || isRepeated) return next
      isRepeated = true
      return { vary: { again: true }, watchMs: watchOf(outcome, first) }
    },
  }
}

/** It opened, and stayed open for as long as it was watched. */
function holds(retry: RetryEvidence): boolean {
  const outcome = outcomeOfRetry(retry)
  return outcome.stage === 'open' && !isLost(outcome.end)
}

/** A heartbeat kept it: it was the silence that ended it, and nothing that was asked for. */
const isKept = (retry: RetryEvidence): boolean => retry.vary.heartbeat_seconds !== undefined && holds(retry)

/** It opened at the same server, for what it changed or by chance. */
function isDecisive(
  retry: RetryEvidence,
  first: ProbeOutcome,
  lastedMs: number,
  { direct }: PlanFacts,
): boolean {
  const { origin, subprotocols, path, query, url } = retry.vary
  const isChanged = [origin, subprotocols, path, query].some((value) => value !== undefined)
  return (
    (isChanged || (url !== undefined && url !== direct)) &&
    holds(retry) &&
    outlives(outcomeOfRetry(retry), first, lastedMs)
  )
}

/** Nothing listens any more where the first attempt was let in. */
function isGone(retry: RetryEvidence): boolean {
  const outcome = outcomeOfRetry(retry)
  const isSamePlace = retry.vary.url === undefined && retry.vary.location === undefined
  return isSamePlace && outcome.stage === 'tcp' && outcome.how === 'refused'
}

/** Long enough to see the same end again. */
const watchOf = (outcome: ProbeOutcome, first: ProbeEvidence): number =>
  outcome.stage === 'open' ? beyond(lastedOf(first)) : GLANCE_MS
