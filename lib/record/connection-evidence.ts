/** What page and server recorded of one connection of the live core, as one evidence document. */

import type { Evidence, ServerEvent } from '#lib/evidence/schema.ts'
import { evidenceFromJournal } from '#lib/intake/from-journal.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { readOwnMessage, sentAtMs } from '#lib/protocol/own-message.ts'
import { evidenceFromPage, startOf } from '#lib/record/from-page-events.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import type { LiveState } from '#lib/store/live-state.ts'

export interface RecordedConnection {
  readonly connection: Connection
  readonly feed: LiveState['feed']
  readonly page: Pick<LiveState['page'], 'origin' | 'online'>
  /** When the watch ends: now, in epoch milliseconds. */
  readonly nowMs: number
  /** Connections to compare it with: they become its peers, nobody else's do. */
  readonly beside?: readonly Connection[]
}

/**
 * The browser's evidence, and that of this server where the connection is its own: joined by `trace`, of this attempt
 * alone. Where the server's events are being read and none is of this connection, `server` is there and empty: nothing
 * of it arrived.
 */
export function connectionEvidence({
  connection,
  feed,
  page,
  nowMs,
  beside = [],
}: RecordedConnection): Evidence {
  const { target, state, log, trace } = connection
  const fromPage = evidenceFromPage({
    target,
    state,
    log,
    pageOrigin: page.origin,
    online: page.online,
    nowMs,
  })
  if (trace === null) return fromPage
  const events = eventsOf(feed, [connection, ...beside])
  const own = events.filter((event) => event.trace === trace)
  const clientId = own.find((event) => event.client_id !== undefined)?.client_id
  if (clientId === undefined) {
    const watched = feed.status.phase === 'live' && feed.status.since <= startOf(state)
    return { ...fromPage, ...(watched && { server: [] }) }
  }
  const { server = [], peers } = evidenceFromJournal(events, clientId)
  return {
    ...fromPage,
    server: [...server, ...sentEvents(connection, own[0]?.at ?? 0)].sort((a, b) => (a.ms ?? 0) - (b.ms ?? 0)),
    ...(beside.length > 0 && peers && { peers }),
  }
}

/** All events but those of the server itself belong to a connection. */
type ConnectionEvent = Exclude<DiagnosticEvent, { kind: 'server' }>

function eventsOf(feed: LiveState['feed'], connections: readonly Connection[]): ConnectionEvent[] {
  const traces = new Set(connections.map(({ trace }) => trace))
  const events: ConnectionEvent[] = []
  for (const entry of feed.entries) {
    if (entry.type !== 'event') continue
    const { event } = entry
    if (event.kind !== 'server' && event.trace !== undefined && traces.has(event.trace)) events.push(event)
  }
  return events
}

/**
 * When the server wrote each message that arrived, by the time that stands in it. Only where all of them have one:
 * the first sent is compared with the first received, and so on.
 * @param firstAt of the server's first event, seconds since the epoch
 */
function sentEvents({ target, state, log }: Connection, firstAt: number): ServerEvent[] {
  const { endpoint } = target
  if (endpoint === null) return []
  const startedMs = startOf(state)
  const sent: ServerEvent[] = []
  for (const entry of log) {
    if (entry.type !== 'message' || entry.direction !== 'in' || entry.at < startedMs) continue
    const reading = readOwnMessage(endpoint, entry.payload)
    const at = reading.ok && reading.message !== null ? sentAtMs(reading.message) : Number.NaN
    if (Number.isNaN(at)) return []
    sent.push({ ms: Math.max(0, Math.round(at - firstAt * 1000)), type: 'sent' })
  }
  return sent
}
