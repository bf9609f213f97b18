/** The timers of one relay, which end with it, all at once. */
import type { Countdown } from '#server/lab/behaviour.ts'

export interface Timers {
  /** Milliseconds, monotonic. */
  now(): number
  after(ms: number, action: () => void): Countdown
  /** Cancels what runs and refuses what comes later. */
  stop(): void
}

export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>()
  let stopped = false
  return {
    now: () => performance.now(),
    after: (ms, action) => {
      if (stopped) return { restart: () => {}, cancel: () => {} }
      const timer = setTimeout(() => {
        running.delete(timer)
        action()
      }, ms)
      running.add(timer)
      return {
        restart: () => {
          if (running.has(timer)) timer.refresh()
        },
        cancel: () => {
          running.delete(timer)
          clearTimeout(timer)
        },
      }
    },
    stop: () => {
      stopped = true
      for (const timer of running) clearTimeout(timer)
      running.clear()
    },
  }
}
