/**
 * One connected socket, read by one listener at a time. What nobody listens to stays in the kernel: the
 * stages hand the wire on to each other without losing a byte or buffering any themselves.
 */
import type { Socket } from 'node:net'
import { failureCode } from '#server/probe/transport/dns.ts'

/** How the peer's direction ended: an orderly FIN, a reset, or another error (TLS alerts among them). */
export type WireEnd = { kind: 'fin' } | { kind: 'rst' } | { kind: 'error'; code: string }

export interface WireListener {
  data(chunk: Buffer): void
  end(end: WireEnd): void
}

export interface Wire {
  /** Takes over reading; the returned function stops it and pauses the socket. */
  listen(listener: WireListener): () => void
  /** Puts bytes back that belong to the next stage. */
  unread(chunk: Buffer): void
  /** Writes unless the peer is gone or reads nothing: what waits to be sent is bounded. */
  write(bytes: Buffer | string): boolean
  /** Sends FIN, and lets go for good a moment later. */
  finish(lastWords?: Buffer): void
  destroy(): void
}

/** Bytes that may wait for a peer that does not read; more is not written, and the caller is told. */
const MOST_UNSENT_BYTES = 256 * 1024
/** How long a finished socket may linger so that the last frame gets through. */
const LINGER_MS = 500

const endOf = (error: Error): WireEnd => {
  const code = failureCode(error)
  // EPIPE: we wrote to a connection that the peer had reset.
  return code === 'ECONNRESET' || code === 'EPIPE' ? { kind: 'rst' } : { kind: 'error', code }
}

export function createWire(socket: Socket): Wire {
  let listener: WireListener | undefined
  let ended: WireEnd | undefined
  let waiting: Buffer | undefined

  const end = (how: WireEnd) => {
    // A reset after the FIN is the peer's answer to our late bytes, not another end.
    if (ended) return
    ended = how
    listener?.end(how)
  }
  socket.on('data', (chunk: Buffer) => listener?.data(chunk))
  socket.on('end', () => end({ kind: 'fin' }))
  socket.on('error', (error) => end(endOf(error)))
  socket.on('close', () => end({ kind: 'fin' }))
  socket.pause()

  return {
    listen(next) {
      listener = next
      // Never from within `listen` itself: the caller is not ready before it has the function that stops it.
      queueMicrotask(() => {
        const first = waiting
        waiting = undefined
        if (first) listener?.data(first)
        if (ended) listener?.end(ended)
        else if (listener) socket.resume()
      })
      return () => {
        if (listener !== next) return
        listener = undefined
        socket.pause()
      }
    },
    unread(chunk) {
      if (chunk.length > 0) waiting = chunk
    },
    write(bytes) {
      if (ended || socket.destroyed || socket.writableLength > MOST_UNSENT_BYTES) return false
      socket.write(bytes)
      return true
    },
    finish(lastWords) {
      if (lastWords) socket.end(lastWords)
      else socket.end()
      socket.resume()
      // Neither keeps a process that has nothing else to do.
      socket.unref()
      const letGo = setTimeout(() => socket.destroy(), LINGER_MS)
      letGo.unref()
      socket.once('close', () => clearTimeout(letGo))
    },
    destroy() {
      socket.destroy()
    },
  }
}
