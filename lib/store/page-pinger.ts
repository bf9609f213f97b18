/** Sends the page's own pings while a connection is open. */
import { pingMessageOf } from '#lib/live/own-endpoint.ts'
import type { PagePings, Target } from '#lib/store/connection.ts'
import type { Ports, Stop } from '#lib/store/ports.ts'

/** The message to ping with, null where nobody has set one and the server is foreign. */
export function pingTextFor({ endpoint }: Target, pings: PagePings): string | null {
  if (pings.mode === 'off') return null
  return pings.message ?? (endpoint === null ? null : pingMessageOf(endpoint))
}

/** The first at once, then on a steady beat: a throttled timer skips slots and does not catch up. */
export function startPinging(
  ports: Pick<Ports, 'now' | 'schedule'>,
  pings: PagePings,
  ping: () => void,
): Stop {
  if (pings.mode === 'off') return () => {}
  if (pings.mode === 'once') {
    ping()
    return () => {}
  }
  const { intervalMs } = pings
  const startedAt = ports.now()
  const untilNextSlot = (): number => {
    const left = intervalMs - ((ports.now() - startedAt) % intervalMs)
    // A timer that fired a little early is still this slot's.
    return left < intervalMs / 2 ? left + intervalMs : left
  }
  let stop: Stop = () => {}
  const run = (): void => {
    // Planned before the ping, which may end the connection and with it this timer.
    stop = ports.schedule(run, untilNextSlot())
    ping()
  }
  run()
  return () => stop()
}
