/**
 * A client that sends but does not read: it is not read either until it has taken what is written for it, so
 * that memory is bounded, and one that takes nothing at all for too long is given up.
 */
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'

const pauseAboveBytes = 1024 * 1024

/** To be asked after every write. */
export function isBehind(stream: Pick<Socket, 'writableLength'>): boolean {
  return stream.writableLength > pauseAboveBytes
}

/** Reads nothing from a client that is behind until it has taken everything. */
export function waitForReader(
  webSocket: Pick<WebSocket, 'isPaused' | 'pause' | 'resume'>,
  stream: Socket,
  patienceSeconds: number,
  stalled: () => void,
): void {
  if (webSocket.isPaused) return
  webSocket.pause()
  // The stream's own timeout starts anew whenever the kernel takes a part of a write.
  stream.setTimeout(patienceSeconds * 1000, stalled)
  stream.once('drain', () => {
    stream.setTimeout(0, stalled)
    webSocket.resume()
  })
}
