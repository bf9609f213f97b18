/** What this server's own events say of the current attempt: reduced to what a row, the chart and the criteria read. */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { RoundTrips, ServerSide } from '#lib/store/connection/connection.ts'
import { createRoundTripKeeper } from '#lib/store/connection/round-trips.ts'
import type { SampleLog } from '#lib/store/connection/samples.ts'

const noServerSide: ServerSide = {
  clientId: null,
  attempt: null,
  accepted: null,
  rejected: null,
  disconnected: null,
  pongTimeout: null,
  heartbeats: 0,
  lateHeartbeats: 0,
  lastHeartbeatAt: null,
}

/** Late: over 10 % of the interval behind the one before. */
export const LATE_SHARE = 0.1

/** The same object when the event changes nothing. */
function withEvent(side: ServerSide, event: DiagnosticEvent): ServerSide {
  switch (event.kind) {
    case 'attempt':
      return { ...side, attempt: event, clientId: event.client_id }
    case 'accepted':
      return { ...side, accepted: event, clientId: event.client_id }
    case 'rejected':
      return { ...side, rejected: event, clientId: event.client_id }
    case 'disconnected':
      return { ...side, disconnected: event, clientId: event.client_id }
    case 'pong_timeout':
      return { ...side, pongTimeout: event }
    case 'heartbeat': {
      const intervalSeconds = side.accepted?.ping_interval_seconds
      const before = side.lastHeartbeatAt
      // The event is written when the pong comes: take the round trip off to compare when pings were sent.
      const sentAt = event.at - event.rtt_ms / 1000
      const isLate =
        intervalSeconds !== undefined &&
        before !== null &&
        sentAt - before > intervalSeconds * (1 + LATE_SHARE)
      return {
        ...side,
        heartbeats: side.heartbeats + 1,
        lateHeartbeats: side.lateHeartbeats + (isLate ? 1 : 0),
        lastHeartbeatAt: sentAt,
      }
    }
    case 'traffic':
    case 'error':
    case 'recorded':
    case 'watch':
    case 'server':
      return side
  }
}

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
