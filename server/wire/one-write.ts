/** What is written during one piece of work leaves in one write: strings as one string, which costs the least. */
import type { Socket } from 'node:net'

type Write = (chunk: string | Uint8Array, encoding?: BufferEncoding, done?: () => void) => boolean

/** Strings without an encoding are ASCII, such as the head of an answer; those with one are latin1. */
export function inOneWrite(socket: Socket, work: () => void): void {
  const write = socket.write as Write
  let text = ''
  let isCorked = false
  const take: Write = (chunk, encoding, done) => {
    if (typeof chunk === 'string' && !isCorked) {
      text += chunk
      return true
    }
    if (!isCorked) {
      socket.cork()
      isCorked = true
      if (text !== '') write.call(socket, text, 'latin1')
    }
    return write.call(socket, chunk, encoding, done)
  }
  socket.write = take as Socket['write']
  try {
    work()
  } finally {
    socket.write = write as Socket['write']
    if (isCorked) socket.uncork()
    else if (text !== '') write.call(socket, text, 'latin1')
  }
}
