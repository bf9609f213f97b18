/** One row of "Connections": its attempts one after the other, and everything kept about them. */
import { describeUrl } from '#lib/live/address.ts'
import type { Payload } from '#lib/live/payload.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { Attention } from '#lib/store/attention.ts'
import type { Connection, ConnectionId, PagePings, Target } from '#lib/store/connection.ts'
import { type ConnectionState, isOpen, isOver, openedAt } from '#lib/store/connection-state.ts'
import { createConversation } from '#lib/store/conversation.ts'
import type { OpenRequest, Refusal } from '#lib/store/live-state.ts'
import { createMessageLog } from '#lib/store/message-log.ts'
import { noteOf } from '#lib/store/notes.ts'
import { pingTextFor, startPinging } from '#lib/store/page-pinger.ts'
import type { PageSignal, Ports, Stop } from '#lib/store/ports.ts'
import { createRepeater } from '#lib/store/repeater.ts'
import { createRetryPlan } from '#lib/store/retry-plan.ts'
import { createRoundTripKeeper } from '#lib/store/round-trips.ts'
import { createSampleLog } from '#lib/store/sample-log.ts'
import { noServerSide, withEvent } from '#lib/store/server-side.ts'
import { type SocketAttempt, startAttempt } from '#lib/store/socket-attempt.ts'
import { createTrace, traceOf, withTrace } from '#lib/store/trace.ts'

export interface Row {
  readonly id: ConnectionId
  /** The same object until something changes. */
  view(): Connection
  close(code: number, reason: string): void
  reconnect(): void
  send(payload: Payload): Refusal | null
  setAutoReconnect(enabled: boolean): void
  setPagePings(pings: PagePings): void
  startRepeat(payload: Payload, everyMs: number): Refusal | null
  stopRepeat(): void
  clearLog(): void
  /** An event that carries this row's trace; `at` on the page's clock. */
  onServerEvent(event: DiagnosticEvent, at: number): void
  onSignal(signal: PageSignal): void
  onBlind(fromAt: number, untilAt: number): void
  /** Lets go of the socket and every timer. */
  dispose(): void
}

export interface RowContext {
  readonly ports: Ports
  readonly attention: Attention
  /** Something changed: publish with the next frame. */
  changed(): void
  /** The current attempt's trace, before its socket exists. */
  onTrace(id: ConnectionId, trace: string): void
}

export function createRow(id: ConnectionId, request: OpenRequest, context: RowContext): Row {
  const { ports, attention } = context
  const target = targetOf(request, ports.page.origin)
  const samples = createSampleLog()
  const log = createMessageLog()
  const conversation = createConversation(target, attention, log, samples)
  const serverRtt = createRoundTripKeeper()
  const retryPlan = createRetryPlan(ports, () => connect())
  const repeater = createRepeater(ports, (payload) => transmit(payload, false))

  let attempt = 0
  let trace: string | null = null
  let socket: SocketAttempt
  let server = noServerSide
  let pagePings: PagePings = request.pagePings ?? { mode: 'off' }
  let stopPinging: Stop = () => {}
  let stopWatching: Stop = () => {}
  let lastOpenedAt: number | null = null
  let wasSuspect = false
  let endedByPerson = false
  let cached: Connection | null = null

  const changed = (): void => {
    cached = null
    context.changed()
  }

  const note = (state: ConnectionState): void => {
    // A suspicion that grows or is lifted is no second opening.
    if (state.phase === 'suspect' && wasSuspect) return
    const isBack = state.phase === 'open' && wasSuspect
    wasSuspect = state.phase === 'suspect'
    if (isBack) log.addNote(ports.now(), 'alive', 'the other side answers again')
    else {
      const { tone, text } = noteOf(state)
      log.addNote(ports.now(), tone, text)
    }
  }

  const quiet = (): void => {
    stopPinging()
    repeater.stop()
    stopWatching()
  }

  const ping = (): void => {
    const text = pingTextFor(target, pagePings)
    if (text !== null) transmit({ opcode: 'text', text }, true)
  }

  const beginPinging = (): void => {
    stopPinging()
    stopPinging = startPinging(ports, pagePings, ping)
  }

  const watch = (): void => {
    stopWatching()
    stopWatching = attention.watch((look) => {
      if (!conversation.check(look)) return
      socket.suspect(conversation.suspicion())
      changed()
    })
  }

  const onState = (state: ConnectionState): void => {
    note(state)
    if (state.phase === 'open' && state.openedAt !== lastOpenedAt) {
      lastOpenedAt = state.openedAt
      samples.add({ kind: 'open', at: state.openedAt, attempt })
      retryPlan.onOpen()
      watch()
      conversation.opened(pagePings)
      beginPinging()
    } else if (isOver(state)) {
      onOver(state)
    }
    changed()
  }
  const onOver = (state: ConnectionState): void => {
    quiet()
    conversation.ended()
    const code = state.phase === 'closed' || state.phase === 'never-opened' ? state.code : null
    samples.add({ kind: 'close', at: ports.now(), code })
    retryPlan.onOver(state, endedByPerson)
  }
  const connect = (): void => {
    quiet()
    attempt++
    trace = target.isOwn ? (traceOf(target.url) ?? createTrace(ports.random)) : null
    if (trace !== null) context.onTrace(id, trace)
    server = noServerSide
    serverRtt.reset()
    conversation.reset()
    lastOpenedAt = null
    wasSuspect = false
    endedByPerson = false
    if (attempt > 1) samples.add({ kind: 'reconnect', at: ports.now(), attempt })
    const url = trace === null ? target.url : withTrace(target.url, trace)
    const current = startAttempt(ports, url, target.subprotocols, {
      onState,
      onMessage(payload) {
        conversation.received(payload)
        socket.suspect(0)
        changed()
      },
    })
    socket = current
    note(current.state())
    // A constructor that threw is over before there was a socket to say so.
    if (isOver(current.state())) onOver(current.state())
    changed()
  }

  const transmit = (payload: Payload, isPing: boolean): Refusal | null => {
    if (!isOpen(socket.state())) return { code: 'not-open', says: 'The connection is not open.' }
    try {
      socket.send(payload)
    } catch (error) {
      return { code: 'send-failed', says: error instanceof Error ? error.message : String(error) }
    }
    conversation.sent(payload, isPing)
    changed()
    return null
  }

  const setAutoReconnect = (enabled: boolean): void => {
    retryPlan.setEnabled(enabled, socket.state())
    changed()
  }

  const isRunning = (): boolean => openedAt(socket.state()) !== null && !isOver(socket.state())

  connect()
  if (request.autoReconnect === true) setAutoReconnect(true)

  return {
    id,
    view() {
      cached ??= {
        id,
        target,
        attempt,
        trace,
        state: socket.state(),
        traffic: conversation.traffic(),
        pageRtt: conversation.pageRtt(),
        serverRtt: serverRtt.view(),
        beats: conversation.beats(),
        pagePings,
        pings: conversation.pings(),
        server,
        retry: retryPlan.view(),
        repeat: repeater.view(),
        log: log.view(),
        samples: samples.view(),
      }
      return cached
    },
    close(code, reason) {
      endedByPerson = true
      retryPlan.clear()
      if (!isOver(socket.state())) socket.close(code, reason)
      changed()
    },
    reconnect() {
      retryPlan.clear()
      socket.abandon()
      connect()
    },
    send: (payload) => transmit(payload, false),
    setAutoReconnect,
    setPagePings(next) {
      pagePings = next
      if (isOpen(socket.state())) {
        conversation.pingsChanged(next)
        beginPinging()
      }
      changed()
    },
    startRepeat(payload, everyMs) {
      const refusal = repeater.start(payload, everyMs)
      changed()
      return refusal
    },
    stopRepeat() {
      repeater.stop()
      changed()
    },
    clearLog() {
      log.clear()
      changed()
    },
    onServerEvent(event, at) {
      server = withEvent(server, event)
      if (event.kind === 'heartbeat') {
        serverRtt.add(event.rtt_ms)
        samples.add({ kind: 'server-rtt', at, ms: event.rtt_ms })
      }
      changed()
    },
    onSignal(signal) {
      socket.onSignal(signal)
      if (signal.type === 'online' && signal.online) retryPlan.onOnline()
      if (signal.type === 'visibility' && isRunning()) {
        samples.add({ kind: signal.hidden ? 'hidden' : 'visible', at: ports.now() })
      }
      changed()
    },
    onBlind(fromAt, untilAt) {
      if (!isRunning()) return
      samples.add({ kind: 'blind', at: fromAt, untilAt })
      changed()
    },
    dispose() {
      quiet()
      retryPlan.clear()
      socket.abandon()
    },
  }
}

function targetOf({ url, subprotocols = [] }: OpenRequest, pageOrigin: string): Target {
  return { ...describeUrl(url, pageOrigin), subprotocols }
}
