/** One connection's hour, as the Heartbeats chart and the pulse draw it. Times are epoch milliseconds on the page's clock. */
import { createRing, type RingView } from '#lib/store/kit/ring.ts'

export type Sample =
  /** A message of this page that was answered. `ms` is from send to receipt, the page's own delays included. */
  | {
      readonly kind: 'page-rtt'
      readonly at: number
      readonly ms: number
      /** The first of the row: the page itself was still starting, so it sets no scale. */
      readonly isWarmUp?: true
    }
  /** A protocol ping that was answered, as the server measured it (a `heartbeat` event). */
  | { readonly kind: 'server-rtt'; readonly at: number; readonly ms: number }
  /** A `heartbeat` or `server_ping` message arrived; `behindMs` after its time (negative: early; null: the first). */
  | { readonly kind: 'beat'; readonly at: number; readonly behindMs: number | null; readonly late: boolean }
  /** A beat whose time plus the timeout passed while the page was watching. `at` is when it was due. */
  | { readonly kind: 'missed'; readonly at: number }
  /** A page ping that got no answer in time. `at` is when it was sent. */
  | { readonly kind: 'unanswered'; readonly at: number }
  | { readonly kind: 'open'; readonly at: number; readonly attempt: number }
  /** The connection ended or never opened; `code` null where no close event came. */
  | { readonly kind: 'close'; readonly at: number; readonly code: number | null }
  | { readonly kind: 'reconnect'; readonly at: number; readonly attempt: number }
  | { readonly kind: 'hidden'; readonly at: number }
  | { readonly kind: 'visible'; readonly at: number }
  /** The page could not look (throttled timers, a blocked thread, sleep): nothing here is judged as missed. */
  | { readonly kind: 'blind'; readonly at: number; readonly untilAt: number }

/** Kept per connection: one hour, and at most so many. */
const SAMPLE_WINDOW_MS = 3_600_000
const SAMPLE_LIMIT = 20_000

export interface SampleLog {
  add(sample: Sample): void
  view(): RingView<Sample>
}

export function createSampleLog(limit = SAMPLE_LIMIT, windowMs = SAMPLE_WINDOW_MS): SampleLog {
  const ring = createRing<Sample>(limit)
  let oldestAt = Number.POSITIVE_INFINITY

  return {
    add(sample) {
      ring.push(sample)
      oldestAt = Math.min(oldestAt, sample.at)
      while (oldestAt < sample.at - windowMs) {
        ring.dropOldest()
        oldestAt = ring.view().at(0)?.at ?? sample.at
      }
    },
    view: ring.view,
  }
}
