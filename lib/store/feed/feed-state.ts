/** The log "Server events": what `/ws/diagnostics` or its HTTP twin said, and how it is being read. */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { RingView } from '#lib/store/kit/ring.ts'

export interface EventEntry {
  readonly type: 'event'
  /** The event's cursor. */
  readonly key: string
  readonly event: DiagnosticEvent
  /** When it happened on the page's clock, epoch milliseconds (the server's `at`, its clock's offset taken off). */
  readonly at: number
}

/** Events that exist, or did, and are not here. `after` and `before` are the cursors around them; null is an end of what is kept. */
export interface GapEntry {
  readonly type: 'gap'
  readonly key: string
  readonly at: number
  readonly after: string | null
  readonly before: string | null
  /** Why they are missing: this reader was slow or away, or the server was restarted and its ring is gone. */
  readonly cause: 'slow-reader' | 'other-instance'
  readonly filling:
    | { readonly status: 'open' | 'running' }
    | { readonly status: 'failed'; readonly says: string }
}

export type FeedEntry = EventEntry | GapEntry

export type FeedTransport = 'WebSocket' | 'SSE' | 'none'

export type FeedStatus =
  | { readonly phase: 'stopped' }
  | { readonly phase: 'connecting'; readonly via: 'WebSocket' | 'SSE' }
  | {
      readonly phase: 'live'
      readonly via: 'WebSocket' | 'SSE'
      readonly since: number
      readonly instance: string | null
    }
  /** Both ways failed. The next attempt is planned. */
  | { readonly phase: 'waiting'; readonly nextAttemptAt: number; readonly failures: number }

export interface FeedState {
  readonly status: FeedStatus
  /** What is in use now: `none` unless live. */
  readonly transport: FeedTransport
  readonly entries: RingView<FeedEntry>
  /** Events received in the last full second. */
  readonly ratePerSecond: number
  /** Events received since the page was loaded, the dropped ones included. */
  readonly received: number
}

export const EVENT_LIMIT = 20_000
