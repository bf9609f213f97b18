/** The two ways of reading the server's events. Both speak `DiagnosticsMessage`; what does not parse is left out. */
import { type DiagnosticsMessage, isDiagnosticsMessage } from '#lib/protocol/events.ts'
import { diagnosticsPath } from '#lib/protocol/own-endpoint.ts'
import type { FeedTransport } from '#lib/store/feed/feed-state.ts'
import type { Ports, Stop } from '#lib/store/kit/ports.ts'

export type FeedVia = Exclude<FeedTransport, 'none'>

export interface WireHandlers {
  onMessage(message: DiagnosticsMessage): void
  /** It failed or broke. Called at most once, and not after the undo. */
  onEnd(): void
}

/** How many milliseconds of events the server may gather into one message. */
const BATCH_MS = 50

/** Events from before the page was opened, so that its log does not begin empty. */
const RECENT_EVENTS = 200

/** @param after the cursor to resume behind, null to begin with the most recent events */
export function openWire(ports: Ports, via: FeedVia, after: string | null, handlers: WireHandlers): Stop {
  const query = new URLSearchParams(after === null ? { last: String(RECENT_EVENTS) } : { after })
  try {
    return via === 'WebSocket'
      ? openSocketWire(ports, query, handlers)
      : openStreamWire(ports, query, handlers)
  } catch {
    return ports.schedule(handlers.onEnd, 0)
  }
}

function openSocketWire(ports: Ports, query: URLSearchParams, { onMessage, onEnd }: WireHandlers): Stop {
  query.set('batch', String(BATCH_MS))
  const origin = ports.page.origin.replace(/^http/, 'ws')
  const socket = ports.openSocket(`${origin}${diagnosticsPath}?${query}`, [])
  socket.onmessage = ({ data }) => {
    const message = parseJson(data)
    if (isDiagnosticsMessage(message)) onMessage(message)
  }
  const letGo = (): void => {
    socket.onmessage = null
    socket.onclose = null
    socket.onerror = null
  }
  const end = (): void => {
    letGo()
    onEnd()
  }
  socket.onclose = end
  // A policy's block is an error that no close follows.
  socket.onerror = () => {
    if (socket.readyState === 3) end()
  }
  return () => {
    letGo()
    socket.close(1000)
  }
}

function openStreamWire(ports: Ports, query: URLSearchParams, { onMessage, onEnd }: WireHandlers): Stop {
  const source = ports.openEventSource(`${ports.page.origin}/api/events/stream?${query}`)
  let isDone = false
  const hear = (data: unknown): void => {
    if (!isDone && isDiagnosticsMessage(data)) onMessage(data)
  }
  const stop = (): void => {
    isDone = true
    source.onerror = null
    source.close()
  }
  source.addEventListener('message', ({ data }) => {
    hear({ type: 'event', event: parseJson(data) })
  })
  for (const name of ['hello', 'gap']) source.addEventListener(name, ({ data }) => hear(parseJson(data)))
  // EventSource would reconnect by itself; one plan for both ways is easier to follow, and to show.
  source.onerror = () => {
    stop()
    onEnd()
  }
  return stop
}

function parseJson(data: unknown): unknown {
  if (typeof data !== 'string') return undefined
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
