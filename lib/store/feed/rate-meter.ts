/** How many in the last full second. Runs a timer only while there is something to count or to forget. */
import type { Ports, Stop } from '#lib/store/kit/ports.ts'

export interface RateMeter {
  count(): void
  perSecond(): number
  stop(): void
}

export function createRateMeter(ports: Pick<Ports, 'now' | 'schedule'>, onChange: () => void): RateMeter {
  let counting = 0
  let rate = 0
  let startedAt = 0
  let stopTimer: Stop | null = null

  const roll = (): void => {
    // A throttled timer comes late: what it counted came in a longer time than a second.
    const seconds = Math.max((ports.now() - startedAt) / 1_000, 1)
    const next = Math.round(counting / seconds)
    stopTimer = null
    counting = 0
    if (next > 0) begin()
    if (next === rate) return
    rate = next
    onChange()
  }
  const begin = (): void => {
    startedAt = ports.now()
    stopTimer = ports.schedule(roll, 1_000)
  }

  return {
    count() {
      counting++
      if (stopTimer === null) begin()
    },
    perSecond: () => rate,
    stop() {
      stopTimer?.()
      stopTimer = null
      counting = 0
      rate = 0
    },
  }
}
