/**
 * A client that sends but does not read: it is not read either until it has taken what is written for it, so
 * that memory is bounded, and one that takes nothing at all for too long is given up.
 */
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'

const pauseAboveBytes = 1024 * 1024

export interface Backpressure {
  /** To be called after every write. */
  wrote(): void
}

export function createBackpressure(
  webSocket: Pick<WebSocket, 'isPaused' | 'pause' | 'resume'>,
  stream: Socket,
  patienceSeconds: number,
  stalled: () => void,
): Backpressure {
  return {
    wrote: () => {
      if (stream.writableLength <= pauseAboveBytes || webSocket.isPaused) return
      webSocket.pause()
      // The stream's own timeout starts anew whenever the kernel takes a part of a write.
      stream.setTimeout(patienceSeconds * 1000, stalled)
      stream.once('drain', () => {
        stream.setTimeout(0, stalled)
        webSocket.resume()
      })
    },
  }
}
