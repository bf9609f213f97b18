/** A client that answers every ping and reads nothing else, at the price of a plain socket. */
import { connect, type Socket } from 'node:net'
import { anyMask, encodeRawFrame } from '#server/wire/raw-frame.ts'

/**
 * @param path with the query
 * @param answered called at each ping, once its pong is written
 */
export function openPinged(port: number, path: string, answered: () => void): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nUpgrade: websocket\r\n` +
      'Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  )
  socket.on('data', (chunk) => {
    // A ping of this server is one small frame, and the first byte of no other frame it sends here is 0x89.
    for (let at = chunk.indexOf(0x89); at !== -1; at = chunk.indexOf(0x89, at + 1)) {
      const payload = chunk.subarray(at + 2, at + 2 + (chunk[at + 1] ?? 0))
      socket.write(encodeRawFrame({ opcode: 10, payload, mask: anyMask }))
      answered()
    }
  })
  return socket
}
