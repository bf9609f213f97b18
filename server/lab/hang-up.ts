/** The ways in which one side of a relay is ended. */
import type { Socket } from 'node:net'
import type { End } from '#server/lab/behaviour.ts'

/** How long a side may take to hang up after our FIN, before its socket is destroyed. */
const lingerMs = 2000

/**
 * `fin`: what was written still arrives, then FIN; what comes in return is thrown away. `rst`: a reset, at once.
 */
export function hangUp(socket: Socket, end: End): void {
  if (socket.destroyed) return
  if (end === 'rst') {
    socket.resetAndDestroy()
    return
  }
  if (socket.pending) {
    socket.destroy()
    return
  }
  socket.end()
  // Unread bytes would turn the FIN into a reset when the socket is destroyed.
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
}
