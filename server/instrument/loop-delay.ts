/**
 * How long the process did nothing else: a timer that comes late tells it, ten times a second, whatever the number of
 * connections. Kept are the last stalls, since the one that cost a connection is found out about afterwards.
 */
const TICK_MS = 100
/** Less is what any process has. */
const LEAST_STALL_MS = 50
const MOST_STALLS = 64

export interface LoopDelay {
  /**
   * Milliseconds of the longest stall that ended within the last `ms`, or goes on; 0 without one. Of a stall only what came
   * after `since` counts, on the clock of `performance`: what opened later was not held up by it.
   */
  longestWithin(ms: number, since: number): number
}

interface Stall {
  readonly endedAt: number
  readonly ms: number
}

let shared: LoopDelay | undefined

/** One for the process. Its timer does not keep the process alive. */
export function loopDelay(): LoopDelay {
  shared ??= watch()
  return shared
}

function watch(): LoopDelay {
  const stalls: Stall[] = []
  let due = performance.now() + TICK_MS
  const lateness = () => performance.now() - due
  setInterval(() => {
    const ms = lateness()
    due = performance.now() + TICK_MS
    if (ms < LEAST_STALL_MS) return
    stalls.push({ endedAt: performance.now(), ms })
    if (stalls.length > MOST_STALLS) stalls.shift()
  }, TICK_MS).unref()
  return {
    longestWithin(ms, since) {
      const now = performance.now()
      const shares = [...stalls, { endedAt: now, ms: lateness() }]
        .filter(({ endedAt }) => endedAt >= now - ms)
        .map((stall) => Math.min(stall.ms, stall.endedAt - since))
      const longest = Math.max(...shares)
      return longest >= LEAST_STALL_MS ? Math.round(longest) : 0
    },
  }
}
