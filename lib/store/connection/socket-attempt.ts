/** One WebSocket from its constructor to its end, told as `ConnectionState`. Nothing else touches the socket. */
import type { Payload } from '#lib/protocol/payload.ts'
import {
  type ConnectionState,
  closedState,
  isOpen,
  isOver,
  type Opened,
  refusalClass,
} from '#lib/store/connection/connection-state.ts'
import type { PageSignal, Ports, SocketClose, SocketLike, SocketNotice, Stop } from '#lib/store/kit/ports.ts'

/** A close event follows an error within the same task; a policy's block never has one (measured: 1.5 s). */
const BLOCKED_AFTER_MS = 1_000

export interface AttemptHandlers {
  /** Every change, the first (`connecting` or `refused`) excepted: that one `state()` has when `startAttempt` returns. */
  onState(state: ConnectionState): void
  onMessage(payload: Payload): void
  onNotice(notice: SocketNotice): void
}

export interface SocketAttempt {
  state(): ConnectionState
  /** Throws what the socket throws. */
  send(payload: Payload): void
  /** Sends a ping frame, where a relay can. */
  ping(): void
  /** Begins the closing handshake, or gives up connecting. Must be allowed (`checkClose`). */
  close(code: number, reason: string): void
  /** Unanswered pings make an open connection suspect, 0 lifts the suspicion. */
  suspect(unanswered: number): void
  /** A policy violation of the page may explain an error. */
  onSignal(signal: PageSignal): void
  /** Lets go of the socket: closes it with 1000 and hears no more of it. */
  abandon(): void
}

export function startAttempt(
  ports: Ports,
  url: string,
  subprotocols: readonly string[],
  handlers: AttemptHandlers,
): SocketAttempt {
  const startedAt = ports.now()
  let state: ConnectionState = { phase: 'connecting', since: startedAt }
  let opened: Opened | null = null
  let closing: { readonly code: number; readonly reason: string } | null = null
  let hadErrorWhileOpen = false
  let stopWaiting: Stop = () => {}

  const enter = (next: ConnectionState): void => {
    state = next
    handlers.onState(next)
  }

  let socket: SocketLike
  try {
    socket = ports.openSocket(url, subprotocols)
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
    const cause = refusalClass(url, subprotocols, name, ports.page.origin)
    return ended({ phase: 'refused', at: startedAt, cause, name, message })
  }

  const block = (directive: string | null): void => {
    stopWaiting()
    enter({ phase: 'blocked', at: ports.now(), directive })
  }

  const onOpen = (): void => {
    const openedAt = ports.now()
    opened = {
      openedAt,
      timeToOpenMs: openedAt - startedAt,
      subprotocol: socket.protocol,
      extensions: socket.extensions,
    }
    enter({ phase: 'open', ...opened })
  }

  const onError = (): void => {
    if (opened !== null) hadErrorWhileOpen = true
    else if (state.phase === 'connecting' && socket.readyState === 3) {
      stopWaiting = ports.schedule(() => block(null), BLOCKED_AFTER_MS)
    }
  }

  const onClose = (event: SocketClose): void => {
    stopWaiting()
    const at = ports.now()
    const { code, reason, says } = event
    if (opened === null) {
      const abandoned = closing !== null
      enter({
        phase: 'never-opened',
        at,
        afterMs: at - startedAt,
        code,
        reason,
        abandoned,
        ...(says !== undefined && { says }),
      })
    } else {
      enter(closedState(event, { at, opened, closing, hadErrorWhileOpen }))
    }
    letGo(socket)
  }

  socket.binaryType = 'arraybuffer'
  socket.onopen = onOpen
  socket.onerror = onError
  socket.onclose = onClose
  socket.onmessage = ({ data }) => handlers.onMessage(toPayload(data))
  socket.onnotice = (notice) => handlers.onNotice(notice)

  return {
    state: () => state,
    send(payload) {
      // A view of shared memory cannot be sent; copying makes it plain.
      socket.send(payload.opcode === 'text' ? payload.text : new Uint8Array(payload.bytes))
    },
    ping: () => socket.ping?.(),
    close(code, reason) {
      closing = { code, reason }
      if (!isOver(state)) enter({ phase: 'closing', opened, since: ports.now(), code, reason })
      socket.close(code, reason)
    },
    suspect(unanswered) {
      if (opened === null || !isOpen(state)) return
      if (unanswered > 0) {
        const since = state.phase === 'suspect' ? state.since : ports.now()
        enter({ phase: 'suspect', ...opened, since, unanswered })
      } else if (state.phase === 'suspect') enter({ phase: 'open', ...opened })
    },
    onSignal(signal) {
      const mayBeBlocked = state.phase === 'connecting' && socket.readyState === 3
      if (signal.type !== 'policy-violation' || !mayBeBlocked || !isSameTarget(signal.blockedUri, url)) return
      block(signal.directive)
      letGo(socket)
    },
    abandon() {
      stopWaiting()
      letGo(socket)
      if (!isOver(state)) socket.close(1000)
    },
  }
}

function ended(state: ConnectionState): SocketAttempt {
  const nothing = (): void => {}
  const refuse = (): never => {
    throw new Error('the browser refused this socket')
  }
  return {
    state: () => state,
    send: refuse,
    ping: nothing,
    close: nothing,
    suspect: nothing,
    onSignal: nothing,
    abandon: nothing,
  }
}

function letGo(socket: SocketLike): void {
  socket.onopen = null
  socket.onerror = null
  socket.onclose = null
  socket.onmessage = null
  socket.onnotice = null
}

function toPayload(data: unknown): Payload {
  if (typeof data === 'string') return { opcode: 'text', text: data }
  if (data instanceof ArrayBuffer) return { opcode: 'binary', bytes: new Uint8Array(data) }
  if (ArrayBuffer.isView(data)) {
    return { opcode: 'binary', bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }
  }
  return { opcode: 'text', text: String(data) }
}

/** Browsers report the URL or, of other origins, the origin alone. */
function isSameTarget(blockedUri: string, url: string): boolean {
  const blocked = URL.parse(blockedUri)
  const target = URL.parse(url)
  return blocked !== null && target !== null && blocked.host === target.host
}
