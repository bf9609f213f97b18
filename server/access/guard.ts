/**
 * What one stranger may take of the sockets that are open to everybody. Whoever is plainly at this machine is not counted:
 * a test there opens thousands.
 */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Access } from '#server/access/access.ts'
import { createBuckets, secondsOf } from '#server/access/buckets.ts'
import { limitKeyOf } from '#server/access/client-address.ts'

export interface SocketLimits {
  /** Open at a time, of one address. */
  readonly perAddress: number
  /** Of one address. */
  readonly handshakesPerSecond: number
  /** Of one connection; pings count. */
  readonly messagesPerSecond: number
  readonly bytesPerSecond: number
}

export interface Excess {
  readonly code: 1008 | 1013
  readonly reason: string
}

export interface TooMany {
  readonly reason: string
  readonly retryAfterSeconds: number
  /** False where an event has told of it just now: a flood must not fill the journal. */
  readonly isNews: boolean
}

/** Somebody who is not at this machine, with one handshake. */
export interface Stranger {
  /** The handshakes of the address come too fast. */
  readonly tooFast: TooMany | undefined
  /** The address holds as many connections as it may. */
  tooMany(): TooMany | undefined
  /** Counts the connection. Returns the undo. */
  enter(): () => void
  /** Counts what the connection sends; says with which code it ends where that is too much. */
  createMeter(): (bytes: number) => Excess | undefined
}

export interface Guard {
  /** Undefined for whoever is plainly at this machine. */
  strangerOf(request: IncomingMessage): Stranger | undefined
  /** Cuts a TCP connection of an address that holds too many, before it says anything. */
  accept(socket: Socket): void
}

/** Beside its sockets a browser has some for pages and API. */
const BESIDE_SOCKETS = 100
/** Of one address, so many seconds apart. */
const NEWS_SECONDS = 10

type Asked = Pick<Access, 'callerOf' | 'addressOf' | 'isPeerTrusted'>

export function createGuard(limits: SocketLimits, access: Asked): Guard {
  const handshakes = createBuckets({
    perSecond: limits.handshakesPerSecond,
    burst: 2 * limits.handshakesPerSecond,
  })
  const news = createBuckets({ perSecond: 1 / NEWS_SECONDS, burst: 1 })
  const sockets = createCounts()
  const peers = createCounts()

  const tooManyOf = (key: string, reason: string, retryAfterSeconds: number): TooMany => ({
    reason,
    retryAfterSeconds,
    isNews: news.take(key) === 0,
  })

  return {
    strangerOf: (request) => {
      if (access.callerOf(request) === 'local') return undefined
      const key = limitKeyOf(access.addressOf(request))
      const waitMs = handshakes.take(key)
      const fast = `One address may open ${limits.handshakesPerSecond} WebSockets a second (WS_HANDSHAKES_PER_SECOND)`
      const many = `One address may hold ${limits.perAddress} WebSockets (WS_MAX_PER_ADDRESS)`
      return {
        tooFast: waitMs > 0 ? tooManyOf(key, fast, secondsOf(waitMs)) : undefined,
        tooMany: () => (sockets.of(key) < limits.perAddress ? undefined : tooManyOf(key, many, 5)),
        enter: () => sockets.add(key),
        createMeter: () => createMeter(limits),
      }
    },
    accept: (socket) => {
      // Behind a proxy that is trusted all strangers have its address.
      if (access.isPeerTrusted(socket)) return
      const key = limitKeyOf(socket.remoteAddress ?? '')
      if (peers.of(key) >= limits.perAddress + BESIDE_SOCKETS) socket.destroy()
      else socket.once('close', peers.add(key))
    },
  }
}

function createCounts() {
  const counts = new Map<string, number>()
  return {
    of: (key: string): number => counts.get(key) ?? 0,
    /** Returns the undo. */
    add: (key: string) => {
      counts.set(key, (counts.get(key) ?? 0) + 1)
      return () => {
        const left = (counts.get(key) ?? 1) - 1
        if (left > 0) counts.set(key, left)
        else counts.delete(key)
      }
    },
  }
}

/** The burst is of two seconds, so that what a network held back and then delivers at once is no offence. */
function createMeter({
  messagesPerSecond,
  bytesPerSecond,
}: SocketLimits): (bytes: number) => Excess | undefined {
  const messages = createBuckets({ perSecond: messagesPerSecond, burst: 2 * messagesPerSecond })
  const traffic = createBuckets({ perSecond: bytesPerSecond, burst: 2 * bytesPerSecond })
  return (bytes) => {
    if (messages.take('') > 0) {
      return {
        code: 1008,
        reason: `more than ${messagesPerSecond} messages a second (WS_MESSAGES_PER_SECOND)`,
      }
    }
    if (traffic.take('', bytes) > 0) {
      return { code: 1013, reason: `more than ${bytesPerSecond} bytes a second (WS_BYTES_PER_SECOND)` }
    }
    return undefined
  }
}
