/** One row of "Connections": its attempts one after the other, and everything kept about them. */
import { describeUrl } from '#lib/protocol/address.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { Connection, ConnectionId, Target } from '#lib/store/connection/connection.ts'
import { type ConnectionState, isOpen, isOver, openedAt } from '#lib/store/connection/connection-state.ts'
import { createConversation } from '#lib/store/connection/conversation.ts'
import { createMessageLog } from '#lib/store/connection/message-log.ts'
import { createNotebook } from '#lib/store/connection/notes.ts'
import { createPagePinger } from '#lib/store/connection/page-pinger.ts'
import { createRepeater } from '#lib/store/connection/repeater.ts'
import { createRetryPlan } from '#lib/store/connection/retry-plan.ts'
import type { Row, RowContext } from '#lib/store/connection/row.ts'
import { createSampleLog } from '#lib/store/connection/sample-log.ts'
import { createServerView } from '#lib/store/connection/server-view.ts'
import { type SocketAttempt, startAttempt } from '#lib/store/connection/socket-attempt.ts'
import { createTrace, traceOf, withTrace } from '#lib/store/connection/trace.ts'
import type { OpenRequest, Refusal } from '#lib/store/live-state.ts'
import type { Stop } from '#lib/store/ports.ts'

export function createRow(id: ConnectionId, request: OpenRequest, context: RowContext): Row {
  const { ports, attention } = context
  const target: Target = {
    ...describeUrl(request.url, ports.page.origin),
    ...(request.endpoint && { endpoint: request.endpoint, isOwn: true }),
    subprotocols: request.subprotocols ?? [],
  }
  const samples = createSampleLog()
  const log = createMessageLog()
  const note = createNotebook(log, ports.now)
  const conversation = createConversation(target, attention, log, samples)
  const serverView = createServerView(samples)
  const retryPlan = createRetryPlan(ports, () => connect())
  const pinger = createPagePinger(ports, target, request.pagePings ?? { mode: 'off' }, (payload) =>
    transmit(payload, true),
  )
  const repeater = createRepeater(ports, (payload) => transmit(payload, false))

  let attempt = 0
  let trace: string | null = null
  let socket: SocketAttempt
  let stopWatching: Stop = () => {}
  let lastOpenedAt: number | null = null
  let endedByPerson = false
  let cached: Connection | null = null

  const changed = (): void => {
    cached = null
    context.changed()
  }

  const quiet = (): void => {
    pinger.stop()
    repeater.stop()
    stopWatching()
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
      conversation.opened(pinger.pings())
      pinger.begin()
    } else if (state.phase === 'closing') fallSilent()
    else if (isOver(state)) onOver(state)
    changed()
  }

  /** Nobody sends any more, and what does not come is not missed. */
  const fallSilent = (): void => {
    quiet()
    conversation.ended()
  }

  const onOver = (state: ConnectionState): void => {
    fallSilent()
    const code = state.phase === 'closed' || state.phase === 'never-opened' ? state.code : null
    samples.add({ kind: 'close', at: ports.now(), code })
    retryPlan.onOver(state, endedByPerson)
  }

  const connect = (): void => {
    quiet()
    attempt++
    trace = target.isOwn ? (traceOf(target.url) ?? createTrace(ports.random)) : null
    if (trace !== null) context.onTrace(id, trace)
    serverView.reset()
    conversation.reset()
    lastOpenedAt = null
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
        serverRtt: serverView.roundTrips(),
        beats: conversation.beats(),
        pagePings: pinger.pings(),
        pings: conversation.pings(),
        server: serverView.side(),
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
      if (isOver(socket.state())) retryPlan.onOver(socket.state(), endedByPerson)
      else socket.close(code, reason)
      changed()
    },
    reconnect() {
      retryPlan.clear()
      if (isRunning()) {
        log.addNote(ports.now(), 'neutral', 'closed by this page to reconnect: 1000')
        samples.add({ kind: 'close', at: ports.now(), code: 1000 })
      }
      socket.abandon()
      connect()
    },
    send: (payload) => transmit(payload, false),
    setAutoReconnect,
    setPagePings(next) {
      pinger.set(next)
      pinger.stop()
      if (isOpen(socket.state())) {
        conversation.pingsChanged(next)
        pinger.begin()
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
      serverView.onEvent(event, at)
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
