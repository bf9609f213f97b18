/** Counts what moves over one attempt, and how long a person has left it idle. */
import type { Traffic } from '#lib/store/connection/connection.ts'
import { createTracker } from '#lib/store/kit/tracker.ts'

const noTraffic: Traffic = {
  messagesIn: 0,
  messagesOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  lastInAt: null,
  lastOutAt: null,
  lastByteAt: null,
  idleSince: null,
  longestIdleMs: 0,
}

export interface TrafficKeeper {
  opened(at: number): void
  received(at: number, sizeBytes: number): void
  /** @param isIdle the page's own pings: they move bytes, and the person stays as idle as they were */
  sent(at: number, sizeBytes: number, isIdle: boolean): void
  /** Something moved that is no message. */
  sawFrame(at: number): void
  ended(at: number): void
  reset(): void
  view(): Traffic
}

export function createTrafficKeeper(): TrafficKeeper {
  const traffic = createTracker(noTraffic)

  const endIdle = (at: number, idleSince: number | null): void => {
    const before = traffic.view()
    const lastedMs = before.idleSince === null ? 0 : at - before.idleSince
    traffic.update({ idleSince, longestIdleMs: Math.max(before.longestIdleMs, lastedMs) })
  }

  return {
    opened: (at) => traffic.update({ lastByteAt: at, idleSince: at }),
    received(at, sizeBytes) {
      const { messagesIn, bytesIn } = traffic.view()
      traffic.update({
        messagesIn: messagesIn + 1,
        bytesIn: bytesIn + sizeBytes,
        lastInAt: at,
        lastByteAt: at,
      })
    },
    sent(at, sizeBytes, isIdle) {
      const { messagesOut, bytesOut } = traffic.view()
      traffic.update({
        messagesOut: messagesOut + 1,
        bytesOut: bytesOut + sizeBytes,
        lastOutAt: at,
        lastByteAt: at,
      })
      if (!isIdle) endIdle(at, at)
    },
    sawFrame: (at) => traffic.update({ lastByteAt: at }),
    ended: (at) => endIdle(at, null),
    reset: traffic.reset,
    view: traffic.view,
  }
}
