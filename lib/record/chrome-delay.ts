/**
 * Chrome holds WebSocket handshakes back by itself once several failed or are under way, so that a growing time to
 * open need not be the server's. Counted per renderer over the last two to four minutes (Chromium,
 * `services/network/websocket_throttler.cc`).
 */
import type { Connection } from '#lib/store/connection/connection.ts'
import type { Sample } from '#lib/store/connection/samples.ts'
import type { RingView } from '#lib/store/kit/ring.ts'

/** Chrome's counts roll every two minutes: what happened within this many milliseconds is counted for certain. */
export const CHROME_COUNTS_MS = 120_000

export interface Handshakes {
  readonly failed: number
  readonly succeeded: number
  readonly pending: number
}

/** The most that the next handshake is held back, in ms: 5 s × 2^min(16, pending + failed / (succeeded + 1)) / 2^16. */
export function longestChromeDelayMs({ failed, succeeded, pending }: Handshakes): number {
  const exponent = Math.min(16, pending + Math.floor(failed / (succeeded + 1)))
  return Math.floor((5000 * 2 ** exponent) / 65_536)
}

/** The handshakes of these connections since a time in epoch milliseconds. */
export function countHandshakes(
  connections: Iterable<Pick<Connection, 'samples' | 'state'>>,
  sinceAt: number,
): Handshakes {
  const counts = { failed: 0, succeeded: 0, pending: 0 }
  for (const { samples, state } of connections) {
    if (state.phase === 'connecting') counts.pending++
    const ended = countEnded(samples, sinceAt)
    counts.failed += ended.failed
    counts.succeeded += ended.succeeded
  }
  return counts
}

/** From the newest back: whether a close was a failed handshake shows in what came before it, an opening or none. */
function countEnded(samples: RingView<Sample>, sinceAt: number): Omit<Handshakes, 'pending'> {
  let failed = 0
  let succeeded = 0
  let closePending = false
  for (let index = samples.length - 1; index >= 0; index--) {
    const sample = samples.at(index)
    if (sample === undefined || (sample.at < sinceAt && !closePending)) break
    if (sample.kind === 'open') {
      if (sample.at >= sinceAt) succeeded++
      closePending = false
    } else if (sample.kind === 'close' || sample.kind === 'reconnect') {
      if (closePending) failed++
      closePending = sample.kind === 'close' && sample.at >= sinceAt
    }
  }
  return { failed: closePending ? failed + 1 : failed, succeeded }
}
