/**
 * Exponential back-off with full jitter: the n-th attempt waits a time drawn evenly between 0 and a bound that
 * doubles each time, so that clients that were cut together do not come back together.
 */
export interface BackOffPolicy {
  readonly baseMs: number
  readonly capMs: number
  /** A connection that was open this long ends the series: the next loss starts from the base again. */
  readonly stableAfterMs: number
}

export const backOffPolicy: BackOffPolicy = { baseMs: 500, capMs: 30_000, stableAfterMs: 10_000 }

/** @param attempt 1 for the first */
export function boundMs(attempt: number, { baseMs, capMs } = backOffPolicy): number {
  // 2^31 is beyond every cap and still exact.
  return Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 31))
}

/** @param random at least 0, below 1 */
export function delayMs(attempt: number, random: number, policy = backOffPolicy): number {
  return Math.round(boundMs(attempt, policy) * random)
}
