/** What the same probe found with one thing changed: the cheapest experiments there are. */
import { endOnWire, outcomeOfRetry, type RetryOutcome } from '#lib/evidence/probe-outcome.ts'
import { questionOf, type RetryQuestion } from '#lib/evidence/retry-kinds.ts'
import type { Evidence, HeaderList, RetryEvidence } from '#lib/evidence/schema.ts'

export type Retry = {
  from: string
  outcome: RetryOutcome
  opened: boolean
  status: number | undefined
  headers: HeaderList | undefined
  /** The first bytes, where they were no HTTP. */
  notHttp: string | undefined
  vary: RetryEvidence['vary']
}

/** By the question that each answers. */
export type Retries = Readonly<Record<RetryQuestion, readonly Retry[]>>

const MOST_RETRIES = 200

export function readRetries(evidence: Evidence, sameTarget: (uri: string) => boolean): Retries {
  const retries: Record<RetryQuestion, Retry[]> = {
    direct: [],
    path: [],
    origin: [],
    subprotocols: [],
    heartbeat: [],
    scheme: [],
    redirect: [],
    certificate: [],
    compression: [],
  }
  for (const [at, retry] of (evidence.retries ?? []).slice(0, MOST_RETRIES).entries()) {
    const question = questionOf(retry.vary, sameTarget)
    if (question !== undefined) retries[question].push(readRetry(retry, `retries[${at}]`))
  }
  return retries
}

function readRetry(retry: RetryEvidence, from: string): Retry {
  const outcome = outcomeOfRetry(retry)
  const { status, headers, not_http: notHttp, vary } = retry
  return { from, outcome, opened: outcome.stage === 'open', status, headers, notHttp, vary }
}

/** The retried connection was still open when its watch ended after at least this long. */
export const heldFor = ({ outcome }: Retry, ms: number): boolean =>
  outcome.stage === 'open' && outcome.end.kind === 'open' && (outcome.ms ?? 0) >= ms

/** The retried connection was lost without a Close frame. */
export function wasCut({ outcome }: Retry): boolean {
  if (outcome.stage !== 'open') return false
  const { kind } = endOnWire(outcome.end)
  return kind === 'fin' || kind === 'rst'
}
