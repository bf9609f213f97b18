/** What the times around the loss of a connection tell of who let go. */

import { type Because, say } from '#lib/facts/because.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { sentence } from '#lib/text/foreign.ts'

/** `12.3 s` or `60 s`, as the reasons write times. */
export const secondsOf = (ms: number): string => `${Number((ms / 1000).toFixed(1))} s`

/** Nobody sets a timer below a second, and a clock may count one as a little less. */
const SHORTEST_TIMER_MS = 900

/** The probe, which has the wire's own clock, lost it so soon after the opening that no timer of anybody ended it. */
export const isInstant = ({ cuts }: Facts): boolean =>
  cuts.probe !== undefined && cuts.probe.ageMs < SHORTEST_TIMER_MS

/** Nobody lets connections live for so short a time on purpose. */
const SHORTEST_LIFETIME_MS = 1500

/** The probe's connection was cut at an age that no limit of a proxy or platform has. */
export const isTooYoung = ({ cuts }: Facts): boolean =>
  cuts.probe !== undefined && cuts.probe.ageMs < SHORTEST_LIFETIME_MS

/** A handler that has nothing to wait for returns within this, on a busy machine too. */
const AT_ONCE_MS = 1500

/** How long a connection was open that the server closed right after the opening, having said nothing. */
export function endedAtOnceMs({ probe, ending }: Facts): number | undefined {
  if (ending.kind !== 'closed' || ending.seenBy !== 'probe' || !probe) return undefined
  const ageMs = Math.max(0, (probe.outcome.ms ?? 0) - (probe.answeredMs ?? 0))
  const hasSpoken = probe.frames.some(({ opcode }) => opcode < 8)
  return ageMs < AT_ONCE_MS && !hasSpoken ? ageMs : undefined
}

export const tooSoon = ({ cuts }: Facts): Because =>
  say(
    sentence`It was cut ${Math.round(cuts.probe?.ageMs ?? 0)} ms after the opening, sooner than any timer`,
    'probe.end',
  )

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
