/**
 * Turns the socket of an admitted handshake into a WebSocket of `ws`. Its own way judges the request once more and hashes
 * the key through a stream: a tenth of what a connection costs. It is taken where a subprotocol is to be chosen, and by a
 * `ws` that has no method to be given a socket.
 */
import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type ServerOptions, WebSocket, WebSocketServer } from 'ws'
import { GUID } from '#lib/protocol/accept-key.ts'

export interface Knock {
  readonly request: IncomingMessage
  readonly socket: Socket
  readonly head: Buffer
}

/** Writes the answer, then hands the open WebSocket over, within the call; neither where the client has gone. */
export type Opener = (knock: Knock, taken: (webSocket: WebSocket) => void) => void

export function createOpener(given: ServerOptions): Opener {
  const webSockets = new WebSocketServer(given)
  const { options } = webSockets
  return ({ request, socket, head }, taken) => {
    const { 'sec-websocket-key': key, 'sec-websocket-protocol': subprotocols } = request.headers
    const webSocket = subprotocols === undefined ? freshOf(options) : undefined
    if (webSocket === undefined || key === undefined) {
      // ws knows no list; which others were offered has been recorded.
      request.headers.upgrade = 'websocket'
      webSockets.handleUpgrade(request, socket, head, taken)
    } else if (!socket.readable || !socket.writable) {
      socket.destroy()
    } else {
      socket.write(`${ANSWER}${hash('sha1', key + GUID, 'base64')}\r\n\r\n`)
      webSocket.setSocket(socket, head, options)
      taken(webSocket)
    }
  }
}

const ANSWER =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: '

type Fresh = WebSocket & { setSocket(socket: Socket, head: Buffer, options: ServerOptions): void }

function freshOf(options: ServerOptions): Fresh | undefined {
  if (typeof Reflect.get(WebSocket.prototype, 'setSocket') !== 'function') return undefined
  return Reflect.construct(WebSocket, [null, undefined, options]) as Fresh
}
