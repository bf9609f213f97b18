/** Follows the server's events: each once, in order, resumed behind the last one, gaps shown and filled on demand. */
import type { DiagnosticEvent, DiagnosticsMessage } from '#lib/protocol/events.ts'
import { createEventLog } from '#lib/store/feed/event-log.ts'
import { fetchEvents, isCursorRefused } from '#lib/store/feed/event-pages.ts'
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
  clear(): void
  /** The server's clock against the page's, from its /health answers: page = server + offset. */
  setClockOffset(offsetMs: number): void
  view(): FeedState
}

export interface FeedHandlers {
  /** Each new event once; `at` on the page's clock. */
  onEvent(event: DiagnosticEvent, at: number): void
  onLive(): void
  changed(): void
}

type Hello = Extract<DiagnosticsMessage, { type: 'hello' }>

export function createFeed(ports: Ports, { onEvent, onLive, changed }: FeedHandlers): Feed {
  const log = createEventLog()
  const rate = createRateMeter(ports, () => renew())
  /** Fetched for their trace and passed on, and perhaps still to come on the wire. */
  const told = new Set<string>()
  let cached: FeedState | null = null
  let received = 0
  let clockOffsetMs = 0
  let cursor: string | null = null
  let refusedCursor: string | null = null
  let instance: string | null = null
  let isNewInstance = false

  const line = createFeedLine(ports, {
    cursor: () => cursor,
    onMessage(message) {
      hear(message)
      renew()
    },
    onStatus(status) {
      if (status.phase === 'live') onLive()
      if (status.phase === 'waiting') checkCursor()
      renew()
    },
  })

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
    if (!told.delete(event.id)) onEvent(event, at)
  }

  const take = (event: DiagnosticEvent): void => {
    cursor = event.id
    isNewInstance = false
    const entry = toEntry(event)
    if (!log.addEvent(entry)) return
    received++
    rate.count()
    tell(entry)
  }

  const greet = (hello: Hello): void => {
    isNewInstance = instance !== null && instance !== hello.instance
    instance = hello.instance
    if (refusedCursor !== null) {
      log.addGap({ at: ports.now(), after: refusedCursor, before: hello.latest, cause: 'other-instance' })
      refusedCursor = null
    }
    cursor ??= hello.latest
  }

  const hear = (message: DiagnosticsMessage): void => {
    switch (message.type) {
      case 'hello':
        greet(message)
        break
      case 'event':
        take(message.event)
        break
      case 'events':
        for (const event of message.events) take(event)
        break
      case 'gap': {
        const { after, before } = message
        log.addGap({
          at: ports.now(),
          after,
          before,
          cause: isNewInstance ? 'other-instance' : 'slow-reader',
        })
      }
    }
  }

  // A handshake that fails shows no status; asked by plain HTTP, a server that does not know the cursor's form says 400.
  const checkCursor = async (): Promise<void> => {
    const asked = cursor
    if (asked === null || !(await isCursorRefused(ports, asked)) || cursor !== asked) return
    refusedCursor = asked
    cursor = null
  }

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
      const gap = log.gap(key)
      if (gap === undefined || gap.filling.status === 'running') return
      log.setFilling(key, { status: 'running' })
      renew()
      const fetched = await fetchEvents(ports, gap, EVENT_LIMIT)
      if (!fetched.ok) log.setFilling(key, { status: 'failed', says: fetched.says })
      else if (fetched.events.length === 0) {
        log.setFilling(key, { status: 'failed', says: 'The server no longer has these events.' })
      } else {
        const rest = fetched.next === null ? null : { after: fetched.next, before: gap.before }
        for (const entry of log.fill(key, fetched.events.map(toEntry), rest)) tell(entry)
      }
      renew()
    },

    async fetchTrace(trace) {
      const fetched = await fetchEvents(ports, { trace }, EVENT_LIMIT)
      if (!fetched.ok) return
      if (told.size > EVENT_LIMIT) told.clear()
      for (const event of fetched.events) {
        if (log.has(event.id) || told.has(event.id)) continue
        told.add(event.id)
        onEvent(event, toEntry(event).at)
      }
    },

    clear() {
      log.clear()
      renew()
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
