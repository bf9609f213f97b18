import type { Facts } from '#lib/facts/facts.ts'

/** Timers are this exact, as a share of their time. */
const TIMER_SPREAD = 0.05

/** Whether the page saw the connection live through a silence as long as the one before its end. */
export function outlivedItsSilence({ page, cuts }: Pick<Facts, 'page' | 'cuts'>): boolean {
  const silenceMs = cuts.page?.silenceMs
  return silenceMs !== undefined && silenceMs <= page.longestGapMs * (1 + TIMER_SPREAD)
}
