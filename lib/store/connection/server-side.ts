/** Reduces this server's events of one attempt to what a row, the chart and the success criteria read. */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { ServerSide } from '#lib/store/connection/connection.ts'

export const noServerSide: ServerSide = {
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
export function withEvent(side: ServerSide, event: DiagnosticEvent): ServerSide {
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
    case 'server':
      return side
  }
}
