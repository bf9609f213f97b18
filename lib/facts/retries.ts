/** What the same probe found with one thing changed: the cheapest experiments there are. */
import {
  endOnWire,
  isLost,
  outcomeOfRetry,
  outlives,
  type RetryOutcome,
} from '#lib/evidence/probe-outcome.ts'
import { questionOf, type RetryQuestion } from '#lib/evidence/retry-kinds.ts'
import type { Evidence, HeaderList, RetryEvidence } from '#lib/evidence/schema.ts'
import { hasSpoken } from '#lib/evidence/spoken.ts'
import type { ProbeView } from '#lib/facts/probe.ts'

export type Retry = {
  from: string
  outcome: RetryOutcome
  opened: boolean
  /** It opened, and stayed open for as long as it was watched. */
  holds: boolean
  status: number | undefined
  headers: HeaderList | undefined
  /** The first bytes, where they were no HTTP. */
  notHttp: string | undefined
  vary: RetryEvidence['vary']
  /** The beginning of a refusal's body. */
  body: string
  /** The server said something while it was watched. */
  greeted: boolean
}

/** By the question that each answers. */
export type Retries = Readonly<Record<RetryQuestion, readonly Retry[]>>

/** The one change with which a connection opens and stays that failed without it. */
export type Opener = {
  question: 'path' | 'version' | 'origin' | 'subprotocols'
  retry: Retry
  /** The request as it was failed once more, so that it opened for the change and not by chance. */
  isRepeated: boolean
}

const MOST_RETRIES = 200

export function readRetries(evidence: Evidence, sameTarget: (uri: string) => boolean): Retries {
  const retries: Record<RetryQuestion, Retry[]> = {
    direct: [],
    path: [],
    version: [],
    session: [],
    origin: [],
    subprotocols: [],
    heartbeat: [],
    scheme: [],
    redirect: [],
    certificate: [],
    compression: [],
    again: [],
  }
  for (const [at, retry] of (evidence.retries ?? []).slice(0, MOST_RETRIES).entries()) {
    // Not tried is not refused.
    if (retry.out_of_time) continue
    const question = questionOf(retry.vary, sameTarget)
    if (question !== undefined) retries[question].push(readRetry(retry, `retries[${at}]`))
  }
  return retries
}

function readRetry(retry: RetryEvidence, from: string): Retry {
  const outcome = outcomeOfRetry(retry)
  const { status, headers, not_http: notHttp, vary, body_start: body = '' } = retry
  const opened = outcome.stage === 'open'
  const holds = opened && !isLost(outcome.end)
  return {
    from,
    outcome,
    opened,
    holds,
    status,
    headers,
    notHttp,
    vary,
    body,
    greeted: retry.first_message !== undefined,
  }
}

/**
 * Of several, the one that says most: a subprotocol on its own, an Origin by its name. Undefined where the first
 * attempt did not fail, and where it opened when it was repeated.
 */
export function openerOf(retries: Retries, probe: ProbeView | undefined): Opener | undefined {
  const hasFailed = probe?.failure !== undefined || (probe?.end !== undefined && isLost(probe.end))
  if (!hasFailed || retries.again.some(({ holds }) => holds)) return undefined
  const lastedMs = Math.max(0, (probe?.outcome.ms ?? 0) - (probe?.answeredMs ?? 0))
  const open = (question: Opener['question'], isBest: (retry: Retry) => boolean): Opener | undefined => {
    const held = retries[question].filter(
      ({ holds, outcome }) => holds && (probe === undefined || outlives(outcome, probe.outcome, lastedMs)),
    )
    const retry = held.find(isBest) ?? held[0]
    return retry && { question, retry, isRepeated: retries.again.length > 0 }
  }
  return (
    open('path', () => true) ??
    open('version', () => true) ??
    open('origin', ({ vary }) => typeof vary.origin === 'string') ??
    // Where the protocol was agreed on and spoken, a retry that cannot speak it holds because it is silent.
    (hasSpoken(probe?.evidence)
      ? undefined
      : open('subprotocols', ({ vary }) => (vary.subprotocols?.length ?? 0) <= 1))
  )
}

/** Nothing listens any more where the first attempt was let in: what held the port has ended. */
export function refusedSince(retries: Retries): Retry | undefined {
  const samePlace = [retries.origin, retries.subprotocols, retries.heartbeat, retries.path, retries.again]
  return samePlace.flat().find(({ outcome }) => outcome.stage === 'tcp' && outcome.how === 'refused')
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
