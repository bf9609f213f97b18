/** Keeps what the server's own events say of the current attempt, its round trips included. */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { RoundTrips, ServerSide } from '#lib/store/connection/connection.ts'
import { createRoundTripKeeper } from '#lib/store/connection/round-trips.ts'
import type { SampleLog } from '#lib/store/connection/sample-log.ts'
import { noServerSide, withEvent } from '#lib/store/connection/server-side.ts'

export interface ServerView {
  /** @param at on the page's clock */
  onEvent(event: DiagnosticEvent, at: number): void
  reset(): void
  side(): ServerSide
  roundTrips(): RoundTrips
}

export function createServerView(samples: SampleLog): ServerView {
  const keeper = createRoundTripKeeper()
  let side = noServerSide
  return {
    onEvent(event, at) {
      side = withEvent(side, event)
      if (event.kind !== 'heartbeat') return
      keeper.add(event.rtt_ms)
      samples.add({ kind: 'server-rtt', at, ms: event.rtt_ms })
    },
    reset() {
      side = noServerSide
      keeper.reset()
    },
    side: () => side,
    roundTrips: keeper.view,
  }
}
