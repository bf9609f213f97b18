/**
 * Follows the server's events: by WebSocket, or, where that cannot be opened or keeps dying, by server-sent
 * events until a WebSocket works again. Resumes behind the last event it has.
 */
import type { DiagnosticEvent, DiagnosticsMessage } from '#lib/protocol/events.ts'
import { delayMs } from '#lib/store/back-off.ts'
import { createEventLog } from '#lib/store/event-log.ts'
import { fetchEvents, isCursorRefused } from '#lib/store/event-pages.ts'
import { EVENT_LIMIT, type FeedState, type FeedStatus } from '#lib/store/feed-state.ts'
import { type FeedVia, openWire } from '#lib/store/feed-wire.ts'
import type { Ports, Stop } from '#lib/store/ports.ts'
import { createRateMeter } from '#lib/store/rate-meter.ts'

/** A proxy that swallows the handshake answers nothing for minutes. */
const HELLO_WITHIN_MS = 5_000
/** A connection that breaks sooner counts as a failure of its way. */
const STABLE_AFTER_MS = 5_000
/** So many failures of WebSocket in a row, and SSE is tried. */
const FAILURES_BEFORE_SSE = 2
const RETURN_TO_WEBSOCKET_MS = { first: 30_000, most: 300_000 }

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

export function createFeed(ports: Ports, { onEvent, onLive, changed }: FeedHandlers): Feed {
  const log = createEventLog()
  const rate = createRateMeter(ports, () => renew())
  let status: FeedStatus = { phase: 'stopped' }
  let cached: FeedState | null = null
  let received = 0
  let clockOffsetMs = 0
  /** Fetched for their trace and passed on, and perhaps still to come on the wire. */
  const told = new Set<string>()
  let cursor: string | null = null
  let forgotten: string | null = null
  let instance: string | null = null
  let isNewInstance = false
  let webSocketFailures = 0
  let failures = 0
  let returnMs = RETURN_TO_WEBSOCKET_MS.first
  let stopWire: Stop = () => {}
  let stopTimer: Stop = () => {}
  let stopReturning: Stop = () => {}

  const renew = (): void => {
    cached = null
    changed()
  }
  const enter = (next: FeedStatus): void => {
    status = next
    renew()
  }
  const pageTime = (event: DiagnosticEvent): number => event.at * 1_000 + clockOffsetMs

  const tell = (event: DiagnosticEvent, at: number): void => {
    if (!told.delete(event.id)) onEvent(event, at)
  }

  const take = (event: DiagnosticEvent): void => {
    cursor = event.id
    isNewInstance = false
    const at = pageTime(event)
    if (!log.addEvent(event, at)) return
    received++
    rate.count()
    tell(event, at)
  }

  const hear = (via: FeedVia, message: DiagnosticsMessage): void => {
    switch (message.type) {
      case 'hello':
        greet(via, message)
        break
      case 'event':
        take(message.event)
        break
      case 'events':
        for (const event of message.events) take(event)
        break
      case 'gap': {
        const cause = isNewInstance ? 'other-instance' : 'slow-reader'
        log.addGap({ at: ports.now(), after: message.after, before: message.before, cause })
      }
    }
    renew()
  }

  const greet = (via: FeedVia, hello: Extract<DiagnosticsMessage, { type: 'hello' }>): void => {
    isNewInstance = instance !== null && instance !== hello.instance
    instance = hello.instance
    if (forgotten !== null) {
      log.addGap({ at: ports.now(), after: forgotten, before: hello.latest, cause: 'other-instance' })
      forgotten = null
    }
    cursor ??= hello.latest
    failures = 0
    status = { phase: 'live', via, since: ports.now(), instance }
    onLive()
  }

  /** Tries one way. `onReady` hears of its hello, `onFailed` of its end, whichever comes first or last. */
  const tryWire = (via: FeedVia, onReady: () => void, onFailed: (livedMs: number | null) => void): Stop => {
    let readyAt: number | null = null
    const fail = (): void => {
      stopDeadline()
      stop()
      onFailed(readyAt === null ? null : ports.now() - readyAt)
    }
    const stopDeadline = ports.schedule(fail, HELLO_WITHIN_MS)
    const stop = openWire(ports, via, cursor, {
      onMessage(message) {
        if (message.type === 'hello') {
          readyAt = ports.now()
          stopDeadline()
          onReady()
        }
        hear(via, message)
      },
      onEnd: fail,
    })
    return () => {
      stopDeadline()
      stop()
    }
  }

  const connect = (via: FeedVia): void => {
    stopTimer()
    stopWire()
    enter({ phase: 'connecting', via })
    const onReady = (): void => {
      if (via === 'SSE') planReturn()
    }
    stopWire = tryWire(via, onReady, (livedMs) => {
      stopReturning()
      const wasStable = livedMs !== null && livedMs >= STABLE_AFTER_MS
      if (via === 'WebSocket') webSocketFailures = wasStable ? 0 : webSocketFailures + 1
      if (wasStable) returnMs = RETURN_TO_WEBSOCKET_MS.first
      recover(via)
    })
  }

  // A handshake that fails shows no status; asked by plain HTTP, a server that does not know the cursor's form says 400.
  const checkCursor = (): void => {
    const asked = cursor
    if (asked === null) return
    isCursorRefused(ports, asked).then((isRefused) => {
      if (!isRefused || cursor !== asked) return
      forgotten = asked
      cursor = null
    })
  }

  const recover = (via: FeedVia): void => {
    failures++
    checkCursor()
    if (via === 'WebSocket' && webSocketFailures >= FAILURES_BEFORE_SSE) {
      connect('SSE')
      return
    }
    const delay = delayMs(failures, ports.random())
    enter({ phase: 'waiting', nextAttemptAt: ports.now() + delay, failures })
    stopTimer = ports.schedule(() => connect('WebSocket'), delay)
  }

  // SSE goes on until the WebSocket has said hello: between them nothing is lost, and what comes twice is dropped.
  const planReturn = (): void => {
    stopReturning = ports.schedule(() => {
      const stopCandidate = tryWire(
        'WebSocket',
        () => {
          stopWire()
          stopWire = stopCandidate
          stopReturning = () => {}
          returnMs = RETURN_TO_WEBSOCKET_MS.first
        },
        (livedMs) => {
          if (livedMs === null) {
            returnMs = Math.min(returnMs * 2, RETURN_TO_WEBSOCKET_MS.most)
            planReturn()
            return
          }
          webSocketFailures = livedMs >= STABLE_AFTER_MS ? 0 : FAILURES_BEFORE_SSE
          recover('WebSocket')
        },
      )
      stopReturning = stopCandidate
    }, returnMs)
  }

  const stop = (): void => {
    stopTimer()
    stopReturning()
    stopWire()
    rate.stop()
    enter({ phase: 'stopped' })
  }

  return {
    start() {
      connect('WebSocket')
      return stop
    },
    hurry() {
      if (status.phase === 'stopped') return
      stopReturning()
      webSocketFailures = 0
      connect('WebSocket')
    },
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
        const entries = fetched.events.map((event) => ({
          type: 'event' as const,
          key: event.id,
          event,
          at: pageTime(event),
        }))
        const rest = fetched.next === null ? null : { after: fetched.next, before: gap.before }
        for (const { event, at } of log.fill(key, entries, rest)) tell(event, at)
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
        onEvent(event, pageTime(event))
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
