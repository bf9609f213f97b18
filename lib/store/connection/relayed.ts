/** What a relay tells of an attempt, kept until the next one begins. */
import type { Relayed } from '#lib/store/connection/connection.ts'
import type { SocketNotice } from '#lib/store/kit/ports.ts'

const nothing: Relayed = { handshake: null, pings: 0, lastPingAt: null, pingEveryMs: null }

export interface RelayedKeeper {
  take(notice: SocketNotice, at: number): void
  reset(): void
  /** The same reference until something is told; null where no relay has told anything. */
  view(): Relayed | null
}

export function createRelayedKeeper(): RelayedKeeper {
  let known: Relayed | null = null
  return {
    take(notice, at) {
      const before = known ?? nothing
      if (notice.type === 'handshake') {
        const { type: _, ...handshake } = notice
        known = { ...before, handshake }
      } else if (notice.type === 'ping') {
        const { lastPingAt } = before
        known = {
          ...before,
          pings: before.pings + 1,
          lastPingAt: at,
          pingEveryMs: lastPingAt === null ? null : at - lastPingAt,
        }
      }
    },
    reset() {
      known = null
    },
    view: () => known,
  }
}
