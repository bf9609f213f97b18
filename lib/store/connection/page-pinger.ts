/** Sends the page's own pings while a connection is open. */
import { pingMessageOf } from '#lib/protocol/own-endpoint.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { PagePings, Target } from '#lib/store/connection/connection.ts'
import type { Ports, Stop } from '#lib/store/ports.ts'

/** The message to ping with, null where nobody has set one and the server is foreign. */
export function pingTextFor({ endpoint }: Target, pings: PagePings): string | null {
  if (pings.mode === 'off') return null
  return pings.message ?? (endpoint === null ? null : pingMessageOf(endpoint))
}

export interface PagePinger {
  /** What is set; takes effect with the next `begin`. */
  pings(): PagePings
  set(pings: PagePings): void
  /** The first at once, then on a steady beat: a throttled timer skips slots and does not catch up. */
  begin(): void
  stop(): void
}

export function createPagePinger(
  ports: Pick<Ports, 'now' | 'schedule'>,
  target: Target,
  initial: PagePings,
  send: (payload: Payload) => void,
): PagePinger {
  let pings = initial
  let stop: Stop = () => {}

  const ping = (): void => {
    const text = pingTextFor(target, pings)
    if (text !== null) send({ opcode: 'text', text })
  }

  const beat = (intervalMs: number, startedAt: number): void => {
    const left = intervalMs - ((ports.now() - startedAt) % intervalMs)
    // A timer that fired a little early is still this slot's.
    const untilNextMs = left < intervalMs / 2 ? left + intervalMs : left
    // Planned before the ping, which may end the connection and with it this timer.
    stop = ports.schedule(() => beat(intervalMs, startedAt), untilNextMs)
    ping()
  }

  return {
    pings: () => pings,
    set(next) {
      pings = next
    },
    begin() {
      stop()
      if (pings.mode === 'every') beat(pings.intervalMs, ports.now())
      else if (pings.mode === 'once') ping()
    },
    stop: () => stop(),
  }
}
