/**
 * Seconds → who: the known timers that end WebSocket connections, and which of them fit a measured time.
 *
 * A match is a candidate, never a proof: 60 s alone is nginx, AWS, Apache and others. Headers of the response
 * and the way the cut looks narrow it down.
 */
import { cloudTimers } from '#lib/playbook/intermediaries/clouds.ts'
import { type Hop, hopsOf } from '#lib/playbook/intermediaries/hops.ts'
import { proxyTimers } from '#lib/playbook/intermediaries/proxies.ts'
import { runtimeTimers } from '#lib/playbook/intermediaries/runtimes.ts'
import type { Timer, TimerKind } from '#lib/playbook/intermediaries/timer.ts'

/** Every known timer, shortest first. */
export const timers: readonly Timer[] = [...proxyTimers, ...cloudTimers, ...runtimeTimers].sort(
  (a, b) => a.seconds - b.seconds,
)

/** Timers quantise, and clocks and handshakes add a little: 1.5 s or 2 %, whichever is more. */
export function toleranceSeconds(seconds: number): number {
  return Math.max(1.5, seconds * 0.02)
}

export type Measured = {
  /** Absent: timers of every kind. `idle` also finds those that only data from the client restarts. */
  kind?: TimerKind
  seconds: number
  /** Headers of the handshake's response, as sent. */
  headers?: readonly (readonly [string, string])[]
  /** Hops that are known to be on the way, by other signs than a header. */
  hops?: readonly string[]
}

export type Candidate = Timer & {
  /** How far the measured time is from the known one (0 inside a known span). */
  offBySeconds: number
  /** A response header shows that this hop was passed. */
  shownByHeader: boolean
  /** Among the hops that are known. */
  isKnownHop: boolean
}

/** Known timers that fit, best first: shown by a header, then known hops, then certain ones, then by distance. */
export function candidatesFor({ kind, seconds, headers = [], hops = [] }: Measured): Candidate[] {
  const passed = new Set(hopsOf(headers).map((hop) => hop.id))
  return timers
    .filter((timer) => kind === undefined || fitsKind(timer.kind, kind))
    .map((timer) => ({
      ...timer,
      offBySeconds: distance(timer, seconds),
      shownByHeader: timer.hop !== undefined && passed.has(timer.hop),
      isKnownHop: timer.hop !== undefined && hops.includes(timer.hop),
    }))
    .filter((candidate) => candidate.offBySeconds <= toleranceSeconds(seconds))
    .sort(
      (a, b) =>
        Number(b.shownByHeader) - Number(a.shownByHeader) ||
        Number(b.isKnownHop) - Number(a.isKnownHop) ||
        Number(b.certain) - Number(a.certain) ||
        a.offBySeconds - b.offBySeconds,
    )
}

/** Names of the candidates without repetition, best first: "nginx, AWS Application Load Balancer". */
export function namesOf(candidates: readonly Candidate[]): string[] {
  return [...new Set(candidates.map(({ who }) => who))]
}

// What only the client's data restarts is just as idle when both sides are silent.
function fitsKind(known: TimerKind, asked: TimerKind): boolean {
  return known === asked || (asked === 'idle' && known === 'idle-client-only')
}

function distance(timer: Timer, seconds: number): number {
  const end = timer.untilSeconds ?? timer.seconds
  if (seconds < timer.seconds) return timer.seconds - seconds
  return seconds > end ? seconds - end : 0
}

export type { Hop, Timer, TimerKind }
