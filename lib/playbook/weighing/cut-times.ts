/** What the times around the loss of a connection tell of who let go. */
import type { Facts } from '#lib/facts/facts.ts'

/** `12.3 s`, as the reasons write times. */
export const secondsOf = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** What a backend records later than this after the cut is a consequence of it. */
const LATE_MS = 1500

/** A reset or FIN needs no longer from a dying process to the client, proxies between them included. */
const ON_ITS_WAY_MS = 5000

/**
 * How something that the backend recorded at `ms` (counted as `facts.backend` counts) stands to the cut: before or
 * beside it so closely that it may have caused it, so long before that the connection outlived it, or after it.
 * Where nobody saw a cut, the connection outlived everything.
 */
export function timeToCut({ cuts }: Facts, ms: number): 'outlived' | 'beside' | 'after' {
  if (!cuts.any) return 'outlived'
  const latestMs = cuts.any.ageMs + LATE_MS
  if (ms > latestMs) return 'after'
  return latestMs - ms > ON_ITS_WAY_MS ? 'outlived' : 'beside'
}

/** Timers are this exact, as a share of their time. */
const TIMER_SPREAD = 0.05

/** Whether the page saw the connection live through a silence as long as the one before its end. */
export function outlivedItsSilence({ page, cuts }: Facts): boolean {
  const silenceMs = cuts.page?.silenceMs
  return silenceMs !== undefined && silenceMs <= page.longestSilenceMs * (1 + TIMER_SPREAD)
}
