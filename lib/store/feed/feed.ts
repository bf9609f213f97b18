/** Follows the server's events: each once, in order, resumed behind the last one, gaps shown and filled on demand. */
import type { DiagnosticEvent, DiagnosticsMessage } from '#lib/protocol/events.ts'
import { createBookmark, type Missing } from '#lib/store/feed/bookmark.ts'
import { createEventLog } from '#lib/store/feed/event-log.ts'
import { fetchEvents } from '#lib/store/feed/event-pages.ts'
import { createFeedLine } from '#lib/store/feed/feed-line.ts'
import { EVENT_LIMIT, type EventEntry, type FeedState } from '#lib/store/feed/feed-state.ts'
import { createRateMeter } from '#lib/store/feed/rate-meter.ts'
import type { Ports, Stop } from '#lib/store/kit/ports.ts'

export interface Feed {
  start(): Stop
  /** The network came back: whatever is waiting is due. */
  hurry(): void
  fillGap(key: string): Promise<void>
  /** What the journal has of one trace, for an attempt that began before the feed was live. */
  fetchTrace(trace: string): Promise<void>
  /** The server's clock against the page's, from its /health answers: page = server + offset. */
  setClockOffset(offsetMs: number): void
  view(): FeedState
}

export interface FeedHandlers {
  /** Each new event once; `at` on the page's clock. */
  onEvent(event: DiagnosticEvent, at: number): void
  onLive(): void
  /** The events do not arrive any more; they will be asked for again by themselves. */
  onLost(): void
  changed(): void
}

export function createFeed(ports: Ports, { onEvent, onLive, onLost, changed }: FeedHandlers): Feed {
  const log = createEventLog()
  const bookmark = createBookmark(ports)
  const rate = createRateMeter(ports, () => renew())
  /** Fetched for their trace and passed on, and perhaps still to come on the wire. */
  const toldEarly = new Set<string>()
  let received = 0
  let wasLive = false
  let clockOffsetMs = 0
  let cached: FeedState | null = null

  const renew = (): void => {
    cached = null
    changed()
  }
  const toEntry = (event: DiagnosticEvent): EventEntry => ({
    type: 'event',
    key: event.id,
    event,
    at: event.at * 1_000 + clockOffsetMs,
  })
  const tell = ({ event, at }: EventEntry): void => {
    if (!toldEarly.delete(event.id)) onEvent(event, at)
  }
  const take = (event: DiagnosticEvent, isWaiting: boolean): void => {
    if (!isWaiting) bookmark.passed(event.id)
    const entry = toEntry(event)
    if (!log.addEvent(entry)) return
    received++
    rate.count()
    tell(entry)
  }
  const miss = (missing: Missing | null): void => {
    if (missing !== null) log.addGap({ at: ports.now(), ...missing })
  }

  const hear = (message: DiagnosticsMessage): void => {
    if (message.type === 'hello') miss(bookmark.greeted(message))
    else if (message.type === 'gap') miss(bookmark.missing(message))
    else if (message.type === 'event') take(message.event, message.waiting === true)
    else for (const event of message.events) take(event, message.waiting === true)
    renew()
  }
  const line = createFeedLine(ports, {
    cursor: bookmark.cursor,
    onMessage: hear,
    onStatus(status) {
      if (status.phase === 'live') onLive()
      else if (wasLive) onLost()
      wasLive = status.phase === 'live'
      if (status.phase === 'waiting') bookmark.doubt()
      renew()
    },
  })

  return {
    start() {
      line.connect()
      return () => {
        rate.stop()
        line.stop()
      }
    },
    hurry: line.hurry,

    async fillGap(key) {
      const gap = log.startFilling(key)
      if (gap === undefined) return
      renew()
      const fetched = await fetchEvents(ports, gap, EVENT_LIMIT)
      if (!fetched.ok) log.failFilling(key, fetched.says)
      else for (const entry of log.fill(gap, fetched.events.map(toEntry), fetched.next)) tell(entry)
      renew()
    },

    async fetchTrace(trace) {
      const fetched = await fetchEvents(ports, { trace }, EVENT_LIMIT)
      if (!fetched.ok) return
      if (toldEarly.size > EVENT_LIMIT) toldEarly.clear()
      for (const event of fetched.events) {
        if (log.has(event.id) || toldEarly.has(event.id)) continue
        toldEarly.add(event.id)
        onEvent(event, toEntry(event).at)
      }
    },

    setClockOffset(offsetMs) {
      clockOffsetMs = offsetMs
    },
    view() {
      const status = line.status()
      cached ??= {
        status,
        transport: status.phase === 'live' ? status.via : 'none',
        entries: log.view(),
        ratePerSecond: rate.perSecond(),
        received,
      }
      return cached
    },
  }
}
