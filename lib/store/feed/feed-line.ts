/**
 * Keeps one way of reading the server's events open: a WebSocket, or, where that cannot be opened or keeps dying,
 * server-sent events until a WebSocket works again.
 */
import type { DiagnosticsMessage } from '#lib/protocol/events.ts'
import type { FeedStatus } from '#lib/store/feed/feed-state.ts'
import { type FeedVia, openWire } from '#lib/store/feed/feed-wire.ts'
import { delayMs } from '#lib/store/kit/back-off.ts'
import type { Ports, Stop } from '#lib/store/kit/ports.ts'

/** A proxy that swallows the handshake answers nothing for minutes. */
const HELLO_WITHIN_MS = 5_000
/** A connection that breaks sooner counts as a failure of its way. */
const STABLE_AFTER_MS = 5_000
/** So many failures of WebSocket in a row, and SSE is tried. */
const FAILURES_BEFORE_SSE = 2
const RETURN_TO_WEBSOCKET_MS = { first: 30_000, most: 300_000 }

export interface FeedLine {
  connect(): void
  /** The network came back: whatever is waiting is due. */
  hurry(): void
  stop(): void
  status(): FeedStatus
}

export interface FeedLineHandlers {
  /** Where to resume. */
  cursor(): string | null
  /** A hello comes first on every connection, before the status says that it is live. */
  onMessage(message: DiagnosticsMessage): void
  onStatus(status: FeedStatus): void
}

export function createFeedLine(ports: Ports, handlers: FeedLineHandlers): FeedLine {
  let status: FeedStatus = { phase: 'stopped' }
  let webSocketFailures = 0
  let failures = 0
  let returnMs = RETURN_TO_WEBSOCKET_MS.first
  let stopWire: Stop = () => {}
  let stopTimer: Stop = () => {}
  let stopReturning: Stop = () => {}

  const enter = (next: FeedStatus): void => {
    status = next
    handlers.onStatus(next)
  }

  /** Tries one way. `onReady` hears of its hello; `onFailed` of its end, with how long it was live (null: never). */
  const tryWire = (via: FeedVia, onReady: () => void, onFailed: (livedMs: number | null) => void): Stop => {
    let readyAt: number | null = null
    const fail = (): void => {
      stopDeadline()
      stop()
      onFailed(readyAt === null ? null : ports.now() - readyAt)
    }
    const stopDeadline = ports.schedule(fail, HELLO_WITHIN_MS)
    const stop = openWire(ports, via, handlers.cursor(), {
      onMessage(message) {
        handlers.onMessage(message)
        if (message.type !== 'hello') return
        readyAt = ports.now()
        stopDeadline()
        onReady()
        failures = 0
        enter({ phase: 'live', via, since: readyAt, instance: message.instance })
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

  const recover = (via: FeedVia): void => {
    failures++
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
    const onReady = (): void => {
      stopWire()
      stopWire = stopReturning
      stopReturning = () => {}
      returnMs = RETURN_TO_WEBSOCKET_MS.first
    }
    const onFailed = (livedMs: number | null): void => {
      if (livedMs === null) {
        returnMs = Math.min(returnMs * 2, RETURN_TO_WEBSOCKET_MS.most)
        planReturn()
        return
      }
      webSocketFailures = livedMs >= STABLE_AFTER_MS ? 0 : FAILURES_BEFORE_SSE
      recover('WebSocket')
    }
    stopReturning = ports.schedule(() => {
      stopReturning = tryWire('WebSocket', onReady, onFailed)
    }, returnMs)
  }

  return {
    connect: () => connect('WebSocket'),
    hurry() {
      if (status.phase === 'stopped') return
      stopReturning()
      webSocketFailures = 0
      connect('WebSocket')
    },
    stop() {
      stopTimer()
      stopReturning()
      stopWire()
      enter({ phase: 'stopped' })
    },
    status: () => status,
  }
}
