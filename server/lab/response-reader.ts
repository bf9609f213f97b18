/** Reads the head of the backend's answer off the socket and leaves what follows for the caller. */
import type { Socket } from 'node:net'
import { parseResponse, type ResponseHead } from '#server/lab/head.ts'

/** More than any server's answer to a handshake; beyond it the bytes pass as they are. */
const greatestHead = 64 * 1024

const blankLine = Buffer.from('\r\n\r\n')

/**
 * Calls back once, with the head, or undefined where what came is no HTTP, and the bytes behind it. The socket is
 * paused then. Never called when the socket ends before.
 */
export function readResponse(
  socket: Socket,
  done: (head: ResponseHead | undefined, rest: Buffer) => void,
): void {
  let bytes: Buffer = Buffer.alloc(0)
  const read = (arrived: Buffer) => {
    bytes = Buffer.concat([bytes, arrived])
    const end = bytes.indexOf(blankLine)
    if (end === -1 && bytes.length < greatestHead) return
    socket.off('data', read)
    socket.pause()
    const head = end === -1 ? undefined : parseResponse(bytes.subarray(0, end))
    done(head, head === undefined ? bytes : bytes.subarray(end + blankLine.length))
  }
  socket.on('data', read)
}
