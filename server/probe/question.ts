/** What a retry changes, and how retries are grouped into questions: each is tried until one of its retries settles it. */
import { latestAge } from '#lib/evidence/probe-outcome.ts'
import type { Vary } from '#lib/evidence/retry-kinds.ts'
import type { ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'

export interface Variation {
  vary: Vary
  /** How long to watch after a 101, in milliseconds; a handshake that is settled needs only a glance. */
  watchMs: number
}

export interface PlanFacts {
  url: URL
  /** What the first probe sent; null: no Origin header. */
  origin: string | null
  subprotocols: readonly string[]
  /** Of the page that tries the same URL in a browser. */
  pageOrigin?: string
  /** The backend behind the proxy, as the user named it. */
  direct?: string
  /** The first attempt agreed on a subprotocol and spoke it, speaks a protocol without any, or was told why it ends. */
  hasSpoken?: boolean
  /** What the protocol above WebSocket calls for, asked first. */
  own?: readonly Variation[]
}

/** What one group of retries shall tell. */
export interface Question {
  /** What to try, with what the retries before it found. */
  tries: (made: readonly RetryEvidence[]) => readonly Variation[]
  /** One that opens and stays settles it; else each of its answers counts. */
  untilOne: boolean
  /** Asked even where another question found what opens. */
  always?: true
}

/** Long enough to see a server accept and close at once (as a rejection by 1008 does). */
export const GLANCE_MS = 150

export const all = (...variations: readonly Variation[]): Question => ({
  tries: () => variations,
  untilOne: false,
})

export const untilOne = (...variations: readonly Variation[]): Question => ({
  ...all(...variations),
  untilOne: true,
})

export const glance = (vary: Vary): Variation => ({ vary, watchMs: GLANCE_MS })

const LONGEST_BEYOND_MS = 3300

/** Long enough to meet the same end again, in milliseconds. */
export const beyond = (lastedMs: number): number => Math.min(latestAge(lastedMs) + 300, LONGEST_BEYOND_MS)

/** How long it was open, in milliseconds. */
export const lastedOf = (first: ProbeEvidence): number =>
  Math.max(0, (first.end?.ms ?? 0) - (first.http?.ms ?? 0))
