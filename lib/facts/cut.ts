/** How long the connection lived and how long it had been silent when it was lost, as each observer measured it. */

import { endOnWire, isLost } from '#lib/evidence/probe-outcome.ts'
import { type BackendView, serverPath } from '#lib/facts/backend.ts'
import { type PageView, pageEventPath } from '#lib/facts/page.ts'
import type { ProbeView } from '#lib/facts/probe.ts'
import type { ToldView } from '#lib/facts/told.ts'

export type Cut = {
  ageMs: number
  /**
   * Time since the last byte that anyone saw. An upper bound: a page sees none of the protocol's own pings, and only a
   * recorder reports what it sent.
   */
  silenceMs: number
  from: string
}

export type Cuts = {
  page: Cut | undefined
  probe: Cut | undefined
  server: Cut | undefined
  /** How TCP ended towards the probe, or a client that tells: it speaks of the nearest hop only. */
  tcp: 'fin' | 'rst' | undefined
  /** The nearest observer's. */
  any: Cut | undefined
}

export function readCuts(
  page: PageView,
  told: ToldView,
  probe: ProbeView | undefined,
  backend: BackendView,
): Cuts {
  const cuts = { page: ofPage(page, backend), probe: ofProbe(probe), server: ofServer(backend) }
  const kind = probe?.end && endOnWire(probe.end).kind
  const reset = [...told.client, ...told.server].some(({ means }) => means === 'reset')
  return {
    ...cuts,
    tcp: kind === 'fin' || kind === 'rst' ? kind : reset ? 'rst' : undefined,
    any: cuts.page ?? cuts.probe ?? cuts.server,
  }
}

function ofPage(page: PageView, backend: BackendView): Cut | undefined {
  const { openedMs, close, lastReceivedMs, lastSentMs = 0 } = page
  if (openedMs === undefined || !close || !page.timed) return undefined
  // The backend counts from the request's arrival, which is no later than the page's open event.
  const lastSent = backend.lastMessageMs === undefined ? 0 : backend.lastMessageMs + openedMs
  const last = Math.min(close.ms, Math.max(lastReceivedMs ?? openedMs, lastSentMs, lastSent))
  return { ageMs: close.ms - openedMs, silenceMs: close.ms - last, from: pageEventPath(page, close.at) }
}

function ofProbe(probe: ProbeView | undefined): Cut | undefined {
  if (!probe?.end || !isLost(endOnWire(probe.end))) return undefined
  const begin = probe.answeredMs ?? 0
  const { ms = 0 } = probe.outcome
  return {
    ageMs: Math.max(0, ms - begin),
    silenceMs: Math.max(0, ms - (probe.lastReceivedMs ?? begin)),
    from: 'probe.end',
  }
}

function ofServer(backend: BackendView): Cut | undefined {
  const end = backend.ends[0]
  if (!end || !backend.timed || backend.upgradedMs === undefined) return undefined
  const last = Math.max(backend.upgradedMs, backend.lastMessageMs ?? 0)
  return {
    ageMs: Math.max(0, end.ms - backend.upgradedMs),
    silenceMs: Math.max(0, end.ms - last),
    from: serverPath(end.at),
  }
}

/** Equal within what timers, handshakes and clocks add: 5 % or 300 ms, whichever is more. */
export const closeTo = (aMs: number, bMs: number): boolean =>
  Math.abs(aMs - bMs) <= Math.max(300, 0.05 * Math.max(aMs, bMs))
