/**
 * What the events of this process count up to: its own connections, and those of servers that tell it of theirs. Labels are
 * bounded, whatever is in an event.
 */
import type { DiagnosticEvent, EventOf } from '#lib/protocol/events.ts'
import type { JournalRecord } from '#server/journal/journal.ts'
import { createCounter, createHistogram, type Family } from '#server/metrics/families.ts'

/** The label `server` of this server’s own connections; of others it is the name that they gave themselves. */
export const OWN_SERVER = 'why1006'
/** The name of those that come after as many as are told apart. */
const OTHER = 'other'
const MOST_SERVERS = 50

/** From a proxy's first timer to a connection of days. */
const LIFETIME_SECONDS = [0.1, 1, 5, 15, 30, 60, 120, 300, 900, 3600, 14_400, 86_400]
const ROUND_TRIP_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export interface Tally {
  take(records: readonly JournalRecord[]): void
  readonly families: readonly Family[]
}

export function createTally(): Tally {
  const opened = createCounter('why1006_connections_opened_total', 'WebSocket handshakes that were accepted.')
  const rejected = createCounter(
    'why1006_handshakes_rejected_total',
    'WebSocket handshakes that were refused, by reason.',
  )
  const closed = createCounter(
    'why1006_connections_closed_total',
    'Connections that ended, by close code (1006: without a Close frame) and by who ended them.',
  )
  const lifetime = createHistogram(
    'why1006_connection_lifetime_seconds',
    'How old connections were when they ended.',
    LIFETIME_SECONDS,
  )
  const roundTrip = createHistogram(
    'why1006_ping_round_trip_seconds',
    'From a ping to its pong.',
    ROUND_TRIP_SECONDS,
  )
  const missed = createCounter(
    'why1006_pongs_missed_total',
    'Pings without a pong in time; each ended its connection.',
  )
  const messages = createCounter(
    'why1006_server_messages_total',
    'Messages of other servers’ connections, counted when a connection ends.',
  )
  const bytes = createCounter(
    'why1006_server_bytes_total',
    'Bytes of other servers’ connections, counted when a connection ends.',
  )
  const ingested = createCounter('why1006_ingested_events_total', 'Events that other servers told of.')
  const errors = createCounter('why1006_errors_total', 'Errors of this server and of single connections.')

  const servers = new Set<string>()
  const serverOf = ({ service }: DiagnosticEvent): string => {
    if (typeof service !== 'string') return OWN_SERVER
    if (servers.size < MOST_SERVERS) servers.add(service)
    // Whoever takes our name is not us.
    return servers.has(service) && service !== OWN_SERVER ? service : OTHER
  }

  const count = (event: DiagnosticEvent): void => {
    const server = serverOf(event)
    if (server !== OWN_SERVER) ingested.add({ server })
    switch (event.kind) {
      case 'accepted':
        opened.add({ server })
        break
      case 'rejected':
        rejected.add({ server, reason: event.cause })
        break
      case 'heartbeat':
        roundTrip.observe({ server }, event.rtt_ms / 1000)
        break
      case 'pong_timeout':
        missed.add({ server })
        break
      case 'disconnected':
        // Of another process, which ended with what it had counted.
        if (event.process !== undefined) break
        closed.add({ server, code: codeLabel(event.close_code), initiator: event.initiator ?? 'unknown' })
        lifetime.observe({ server }, event.duration_ms / 1000)
        if (server !== OWN_SERVER) countTraffic(server, event)
        break
      case 'error':
        if (server === OWN_SERVER) errors.add({ of: event.client_id === undefined ? 'server' : 'connection' })
        break
      default:
    }
  }

  const countTraffic = (server: string, event: EventOf<'disconnected'>) => {
    for (const direction of ['in', 'out'] as const) {
      messages.add({ server, direction }, event[`messages_${direction}`] ?? 0)
      bytes.add({ server, direction }, event[`bytes_${direction}`] ?? 0)
    }
  }

  return {
    take: (records) => {
      for (const { event } of records) count(event)
    },
    families: [opened, rejected, closed, lifetime, roundTrip, missed, messages, bytes, ingested, errors],
  }
}

/** At most 23 values: the codes that RFC 6455 and its registry name, and the two ranges beside them. */
export function codeLabel(code: number | undefined): string {
  if (code === undefined) return 'none'
  if (code >= 1000 && code <= 1015) return String(code)
  if (code >= 3000 && code <= 3999) return '3000-3999'
  if (code >= 4000 && code <= 4999) return '4000-4999'
  return OTHER
}
