/** What a client saw (a page, else another program), as facts that don't depend on the order of events with equal time. */

import { headerValue } from '#lib/evidence/headers.ts'
import type { BrowserEvent, Evidence } from '#lib/evidence/schema.ts'

export type PageClose = { ms: number; code: number; reason: string; clean: boolean; at: number }

export type Thrown = { name: string; message: string; at: number }

export type PageView = {
  /** At least one event was recorded. */
  watched: boolean
  /** Whose events these are. A page stands nearest to its own connection: another client's count where it has none. */
  by: 'browser' | 'client'
  /** Somebody had a clock: events that were concluded from a text are all at 0. */
  timed: boolean
  /** The constructor threw, so there was no socket. */
  exception: Thrown | undefined
  /** Thrown while there was a socket: by send(), close() or a handler. */
  thrown: Thrown | undefined
  /** By its own name or by the User-Agent that the backend got. */
  isFirefox: boolean
  /** An enforced policy blocked this connection. */
  csp: { policy: string; directive: string; at: number } | undefined
  openedMs: number | undefined
  openAt: number | undefined
  extensions: string
  /** An error event came: before the socket opened, or after (which only a protocol violation causes in Chromium). */
  error: 'before-open' | 'after-open' | undefined
  errorAt: number | undefined
  errorMs: number | undefined
  close: PageClose | undefined
  closeCalledMs: number | undefined
  /** State of the socket when the watch ended without a close event. */
  stillOpen: { ms: number; state: number; at: number } | undefined
  /** When the page last received anything, the handshake included. */
  lastReceivedMs: number | undefined
  /** When it last sent anything, where a recorder noted that. */
  lastSentMs: number | undefined
  messages: number
  /** Longest time between two things that arrived. */
  longestGapMs: number
  /** The same between any two, what the page sent included. */
  longestSilenceMs: number
  /** The page went away while the connection was open. */
  leftMs: number | undefined
  offline: boolean
}

type Indexed = { event: BrowserEvent; ms: number; at: number }

/** Path of an event in the evidence. */
export const pageEventPath = ({ by }: Pick<PageView, 'by'>, at: number | undefined): string =>
  at === undefined ? `${by}.events` : `${by}.events[${at}]`

export function readPage(evidence: Evidence, sameTarget: (uri: string) => boolean): PageView {
  const ofBrowser = evidence.browser?.events ?? []
  const by = ofBrowser.length === 0 && evidence.client?.events?.length ? 'client' : 'browser'
  const recorded = by === 'client' ? (evidence.client?.events ?? []) : ofBrowser
  const events: Indexed[] = recorded.map((event, at) => ({
    event,
    ms: event.ms ?? 0,
    at,
  }))
  const of = (type: string) => events.filter((e) => e.event.type === type)
  const first = (type: string) =>
    of(type).reduce<Indexed | undefined>((a, b) => (a && a.ms <= b.ms ? a : b), undefined)
  const last = (type: string) =>
    of(type).reduce<Indexed | undefined>((a, b) => (a && a.ms >= b.ms ? a : b), undefined)

  const open = first('open')
  const error = last('error')
  const close = first('close')
  const exception = first('exception')
  // Another socket to the same host may have been blocked: one that opened was not.
  const csp = open ? undefined : of('csp_violation').find(({ event }) => blocksConnection(event, sameTarget))
  const still = last('still_open')
  const message = last('message')
  const leftOut = last('left_out')
  const arrivals = [...of('open'), ...of('message')].map(({ ms }) => ms)
  const thrown = exception && {
    name: exception.event.name ?? '',
    message: exception.event.message ?? '',
    at: exception.at,
  }
  // A constructor that throws leaves nothing behind that could fire.
  const hadSocket = events.some(({ event }) => OF_SOCKETS.has(event.type))
  return {
    watched: events.length > 0,
    by,
    timed: events.some(({ ms }) => ms > 0),
    exception: hadSocket ? undefined : thrown,
    thrown: hadSocket ? thrown : undefined,
    isFirefox: isFirefox(evidence),
    csp: csp && {
      policy: csp.event.original_policy ?? '',
      directive: csp.event.effective_directive ?? 'connect-src',
      at: csp.at,
    },
    openedMs: open?.ms,
    openAt: open?.at,
    extensions: open?.event.extensions ?? '',
    error: error && (open && error.ms >= open.ms ? 'after-open' : 'before-open'),
    errorAt: error?.at,
    errorMs: error?.ms,
    close: close && {
      ms: close.ms,
      code: typeof close.event.code === 'number' ? close.event.code : 1006,
      reason: close.event.reason ?? '',
      clean: close.event.was_clean ?? false,
      at: close.at,
    },
    closeCalledMs: first('close_called')?.ms,
    stillOpen: still && { ms: still.ms, state: still.event.ready_state ?? 1, at: still.at },
    lastReceivedMs: message?.ms ?? (leftOut?.event.messages ? leftOut.ms : open?.ms),
    lastSentMs: last('sent')?.ms ?? (leftOut?.event.sent ? leftOut.ms : undefined),
    messages: of('message').length + (leftOut?.event.messages ?? 0),
    longestGapMs: longestGap(arrivals, leftOut, leftOut?.event.longest_gap_ms),
    longestSilenceMs: longestGap(
      [...arrivals, ...of('sent').map(({ ms }) => ms)],
      leftOut,
      leftOut?.event.longest_silence_ms,
    ),
    leftMs: first('page_left')?.ms,
    offline: evidence.browser?.online === false,
  }
}

const OF_SOCKETS: ReadonlySet<string> = new Set([
  'open',
  'error',
  'close',
  'message',
  'sent',
  'left_out',
  'page_left',
  'still_open',
])

function isFirefox({ browser, server = [] }: Evidence): boolean {
  const own = [browser?.name, browser?.user_agent].filter((text) => typeof text === 'string').join(' ')
  if (own !== '') return /firefox/i.test(own)
  return server.some(({ headers }) => /\bFirefox\//.test(headerValue(headers, 'user-agent') ?? ''))
}

/** @param leftOut stands for all before it: their longest gap is known, their times are not */
function longestGap(times: readonly number[], leftOut?: Indexed, among = 0): number {
  const from = leftOut?.ms ?? Number.NEGATIVE_INFINITY
  const known = times.filter((ms) => ms >= from)
  const sorted = (leftOut ? [from, ...known] : known).toSorted((a, b) => a - b)
  return sorted.reduce((longest, ms, at) => Math.max(longest, ms - (sorted[at - 1] ?? ms)), among)
}

// A report-only policy reports and lets the connection pass (CSP Level 3, §5.3).
function blocksConnection(event: BrowserEvent, sameTarget: (uri: string) => boolean): boolean {
  if (event.disposition === 'report') return false
  const directive = event.effective_directive ?? 'connect-src'
  if (directive !== 'connect-src' && directive !== 'default-src') return false
  return event.blocked_uri === undefined || sameTarget(event.blocked_uri)
}
