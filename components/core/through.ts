'use client'
/** A socket that the server of this page opens in the browser's place: for the live core a socket like any other. */
import { type ThroughLine, type ThroughOrder, throughLine } from '#lib/api/through.ts'
import { throughPath } from '#lib/protocol/own-endpoint.ts'
import type { OpenRequest } from '#lib/store/connection/connection.ts'
import type { SocketClose, SocketLike } from '#lib/store/kit/ports.ts'
import { socketOrigin } from './typed.ts'

/** What goes beyond a browser's own handshake. */
export type Extras = Omit<ThroughOrder, 'type' | 'url' | 'subprotocols'>

/** Held for as long as the row is: the order is given again with every attempt. */
export const through =
  (extras: Extras): NonNullable<OpenRequest['through']> =>
  (url, subprotocols) =>
    openThrough({ type: 'open', url, subprotocols: [...subprotocols], ...extras })

const CONNECTING = 0
const OPEN = 1
const CLOSING = 2
const CLOSED = 3

type Ended = Extract<ThroughLine, { type: 'closed' | 'failed' }>

function openThrough(order: ThroughOrder): SocketLike {
  const carrier = new WebSocket(`${socketOrigin(location.origin)}${throughPath}`)
  carrier.binaryType = 'arraybuffer'
  let readyState = CONNECTING
  let protocol = ''
  let extensions = ''

  const socket: SocketLike = {
    get readyState() {
      return readyState
    },
    get protocol() {
      return protocol
    },
    get extensions() {
      return extensions
    },
    get bufferedAmount() {
      return carrier.bufferedAmount
    },
    binaryType: 'arraybuffer',
    onopen: null,
    onmessage: null,
    onerror: null,
    onclose: null,
    onnotice: null,
    send(data) {
      if (typeof data === 'string') carrier.send(JSON.stringify({ type: 'text', data }))
      else carrier.send(data)
    },
    ping() {
      carrier.send(JSON.stringify({ type: 'ping' }))
    },
    close(code = 1000, reason = '') {
      if (readyState >= CLOSING) return
      readyState = CLOSING
      if (carrier.readyState === OPEN) carrier.send(JSON.stringify({ type: 'close', code, reason }))
      else carrier.close()
    },
  }

  const end = (close: SocketClose) => {
    if (readyState === CLOSED) return
    const wasConnecting = readyState === CONNECTING
    readyState = CLOSED
    carrier.close()
    if (wasConnecting) socket.onerror?.(undefined)
    socket.onclose?.(close)
  }
  const take = (line: ThroughLine) => {
    switch (line.type) {
      case 'opened': {
        const { address, status, headers, tls, unverified } = line
        protocol = line.subprotocol
        extensions = line.extensions
        if (readyState === CONNECTING) readyState = OPEN
        socket.onnotice?.({ type: 'handshake', address, status, headers, tls, unverified })
        return socket.onopen?.(undefined)
      }
      case 'text':
        return socket.onmessage?.({ data: line.data })
      case 'ping':
        return socket.onnotice?.({ type: 'ping' })
      case 'pong':
        return socket.onnotice?.({ type: 'pong', roundTripMs: line.rtt_ms ?? null })
      default:
        return end(closeOf(line))
    }
  }

  carrier.onopen = () => carrier.send(JSON.stringify(order))
  carrier.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'string') return socket.onmessage?.({ data })
    take(throughLine.parse(JSON.parse(data)))
  }
  carrier.onclose = ({ reason }) =>
    end({ code: 1006, reason: '', wasClean: false, how: 'relay-lost', says: lostWords(reason) })
  return socket
}

function closeOf(line: Ended): SocketClose {
  if (line.type === 'failed') {
    const { message, remedy = '' } = line
    return { code: 1006, reason: '', wasClean: false, says: `${message} ${remedy}`.trim() }
  }
  const { code, reason, clean, how, says } = line
  return {
    code,
    reason,
    wasClean: clean,
    ...(how === 'violation' && { how: 'protocol-violation' as const }),
    says: says ?? endings[how],
  }
}

const endings = {
  close_frame: undefined,
  fin: 'TCP ended (FIN)',
  rst: 'TCP was reset (RST)',
  violation: undefined,
  error: undefined,
} satisfies Record<Extract<ThroughLine, { type: 'closed' }>['how'], string | undefined>

function lostWords(reason: string): string {
  return reason === '' ? 'Why1006 is not reachable.' : `Why1006 ended it: ${reason}.`
}
