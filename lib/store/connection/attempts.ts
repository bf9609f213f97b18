/** A row's attempts, one after the other: each a socket with a trace of its own, and a plan for when it is lost. */
import type { Payload } from '#lib/protocol/payload.ts'
import type { Connection, Loss, Refusal } from '#lib/store/connection/connection.ts'
import { type ConnectionState, isOpen, isOver } from '#lib/store/connection/connection-state.ts'
import { createReconnectPlan } from '#lib/store/connection/reconnect.ts'
import type { Routes } from '#lib/store/connection/routes.ts'
import { type SocketAttempt, startAttempt } from '#lib/store/connection/socket-attempt.ts'
import { createTrace, traceOf, withTrace } from '#lib/store/connection/trace.ts'
import type { PageSignal, Ports, SocketNotice } from '#lib/store/kit/ports.ts'

export interface Attempts {
  send(payload: Payload): Refusal | null
  /** Sends a ping frame, where a relay can; false where it is not open. */
  ping(): boolean
  /** Unanswered pings make an open connection suspect, 0 lifts the suspicion. */
  suspect(unanswered: number): void
  /** For a person: what they closed is not tried again. Must be allowed (`checkClose`). */
  close(code: number, reason: string): void
  /** For a person: lets go of the current one, closing it with 1000 if need be, and begins the next. */
  restart(): void
  setAutoReconnect(enabled: boolean): void
  onSignal(signal: PageSignal): void
  /** Lets go of the socket and of every timer. */
  dispose(): void
  state(): ConnectionState
  /** Of the current one; null on foreign servers. */
  trace(): string | null
  view(): Pick<Connection, 'attempt' | 'trace' | 'state' | 'reconnects'>
}

export interface AttemptsHandlers {
  /** The first is number 1. `last` is how far the one before had come, null for the first. */
  onBegin(attempt: number, last: ConnectionState | null): void
  /** Every state; `before` is the attempt's state before, null for its first. */
  onState(state: ConnectionState, before: ConnectionState | null): void
  /** `view` shows something else, and the state is as it was. */
  onChange(): void
  /** It was open and has ended, and no person had asked for that. Told before the state is. */
  onLoss(loss: Omit<Loss, 'lastByteAt'>): void
  onMessage(payload: Payload): void
  onNotice(notice: SocketNotice): void
}

/** Begins the first attempt at once. */
export function createAttempts(
  ports: Ports,
  routes: Routes,
  { onBegin, onState, onLoss, onChange, onMessage, onNotice }: AttemptsHandlers,
): Attempts {
  const reconnect = createReconnectPlan(ports, () => begin())
  let attempt = 0
  let trace: string | null = null
  let socket: SocketAttempt
  let state: ConnectionState
  let endedByPerson = false
  let isDisposed = false
  /** How the address that was given failed, while others are tried in its place. */
  let given: ConnectionState | null = null

  const enter = (next: ConnectionState, before: ConnectionState | null): void => {
    state = next
    if (next.phase === 'open' && before?.phase !== 'suspect') reconnect.onOpen()
    if (next.phase === 'open') {
      routes.settle()
      given = null
    }
    const isElsewhereNext = next.phase === 'never-opened' && !endedByPerson && routes.isOpen()
    if (isOver(next) && !isElsewhereNext) reconnect.onOver(next, endedByPerson)
    const isLost = next.phase === 'closed' && !endedByPerson && next.how !== 'relay-lost'
    if (isLost) onLoss({ attempt, trace, state: next })
    onState(next, before)
    if (isElsewhereNext) void tryElsewhere(next)
  }

  /** A person may have gone on meanwhile: then it is no longer this attempt's matter. */
  const tryElsewhere = async (refused: ConnectionState): Promise<void> => {
    given ??= refused
    const isThere = await routes.next()
    if (state !== refused || isDisposed) return
    if (isThere) return begin()
    // The row is about the given address again: so is what it says of the failure.
    state = given
    given = null
    reconnect.onOver(state, endedByPerson)
    onChange()
  }

  const begin = (): void => {
    const { url, isOwn, subprotocols } = routes.target()
    attempt++
    endedByPerson = false
    trace = isOwn ? (traceOf(url) ?? createTrace(ports.random)) : null
    onBegin(attempt, attempt === 1 ? null : state)
    const traced = trace === null ? url : withTrace(url, trace)
    socket = startAttempt(ports, traced, subprotocols, {
      onState: (next) => enter(next, state),
      onMessage,
      onNotice,
    })
    enter(socket.state(), null)
  }

  begin()

  return {
    send(payload) {
      if (!isOpen(state)) return { code: 'not-open', says: 'The connection is not open.' }
      try {
        socket.send(payload)
        return null
      } catch (error) {
        return { code: 'send-failed', says: error instanceof Error ? error.message : String(error) }
      }
    },
    ping() {
      if (isOpen(state)) socket.ping()
      return isOpen(state)
    },
    suspect: (unanswered) => socket.suspect(unanswered),
    close(code, reason) {
      endedByPerson = true
      reconnect.clear()
      if (isOver(state)) reconnect.onOver(state, endedByPerson)
      else socket.close(code, reason)
    },
    restart() {
      reconnect.clear()
      socket.abandon()
      given = null
      begin()
    },
    setAutoReconnect: (enabled) => reconnect.setEnabled(enabled, state),
    onSignal(signal) {
      socket.onSignal(signal)
      if (signal.type === 'online' && signal.online) reconnect.onOnline()
    },
    dispose() {
      isDisposed = true
      reconnect.clear()
      socket.abandon()
    },
    state: () => state,
    trace: () => trace,
    view: () => ({ attempt, trace, state, reconnects: reconnect.view() }),
  }
}
