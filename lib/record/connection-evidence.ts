/** What page and server recorded of one connection of the live core, as one evidence document. */

import type { Evidence, PeerEvidence, ServerEvent } from '#lib/evidence/schema.ts'
import { evidenceFromJournal } from '#lib/intake/from-journal.ts'
import { type ConnectionEvent, isOfConnection } from '#lib/protocol/events.ts'
import { readOwnMessage, sentAtMs } from '#lib/protocol/own-message.ts'
import { evidenceFromPage, spanOf, startOf } from '#lib/record/from-page-events.ts'
import type { Connection, Loss } from '#lib/store/connection/connection.ts'
import { type ConnectionState, isOver } from '#lib/store/connection/connection-state.ts'
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
 * The browser's evidence, and that of this server where the connection is its own: joined by `trace`, of one attempt
 * alone: the current one, or that which was lost last, where the row has come back. Every other loss is a peer. Where the server's events are being read and none is of this connection, `server` is there and empty: nothing
 * of it arrived.
 */
export function connectionEvidence({
  connection,
  feed,
  page,
  nowMs,
  beside = [],
}: RecordedConnection): Evidence {
  const { target, log } = connection
  const subject = subjectOf(connection)
  const { state, trace } = subject
  const fromPage = evidenceFromPage({
    target,
    state,
    log,
    pageOrigin: page.origin,
    online: page.online,
    nowMs,
  })
  const lost = peersOf([connection, ...beside].flatMap(({ losses }) => losses.kept))
  const withLost = { ...fromPage, ...(lost.length > 1 && { peers: lost }) }
  if (trace === null) return withLost
  const events = eventsOf(feed, [trace, ...beside.map((other) => other.trace)])
  const own = events.filter((event) => event.trace === trace)
  const clientId = own.find((event) => event.client_id !== undefined)?.client_id
  if (clientId === undefined) {
    const watched = feed.status.phase === 'live' && feed.status.since <= startOf(state)
    return { ...withLost, ...(watched && { server: [] }) }
  }
  const { server = [], peers } = evidenceFromJournal(events, clientId)
  const sent = sentEvents({ target, log, state }, own[0]?.at ?? 0)
  return {
    ...withLost,
    server: [...server, ...sent].sort((a, b) => (a.ms ?? 0) - (b.ms ?? 0)),
    // The server's view of those beside is the fuller one, unless this page has seen more of them come and go.
    ...(beside.length > 0 && peers && peers.length >= lost.length && { peers }),
  }
}

/** Whose end is asked about: the current attempt's, unless it goes on and one before it was lost. */
function subjectOf({ state, trace, losses }: Connection): { state: ConnectionState; trace: string | null } {
  const last = losses.kept.at(-1)
  const goesOnWell = !isOver(state) && state.phase !== 'suspect'
  return goesOnWell && last !== undefined ? last : { state, trace }
}

/** The life of each, on the page's clock. The one that is asked about is among them: a crowd is counted whole. */
function peersOf(losses: readonly Loss[]): PeerEvidence[] {
  return losses.map(({ state, lastByteAt }) => ({
    opened_ms: state.opened.openedAt,
    last_byte_ms: lastByteAt,
    closed_ms: state.at,
    age_ms: state.lastedMs,
    code: state.code,
  }))
}

function eventsOf(feed: LiveState['feed'], of: readonly (string | null)[]): ConnectionEvent[] {
  const traces = new Set(of)
  const events: ConnectionEvent[] = []
  for (const entry of feed.entries) {
    if (entry.type !== 'event') continue
    const { event } = entry
    if (isOfConnection(event) && event.trace !== undefined && traces.has(event.trace)) events.push(event)
  }
  return events
}

/**
 * When the server wrote each message that arrived, by the time that stands in it. Only where all of them have one:
 * the first sent is compared with the first received, and so on.
 * @param firstAt of the server's first event, seconds since the epoch
 */
function sentEvents(
  { target, state, log }: Pick<Connection, 'target' | 'state' | 'log'>,
  firstAt: number,
): ServerEvent[] {
  const { endpoint } = target
  if (endpoint === null) return []
  const { fromMs, toMs } = spanOf(state)
  const sent: ServerEvent[] = []
  for (const entry of log) {
    if (entry.type !== 'message' || entry.direction !== 'in') continue
    if (entry.at < fromMs || entry.at > toMs) continue
    const reading = readOwnMessage(endpoint, entry.payload)
    const at = reading.ok && reading.message !== null ? sentAtMs(reading.message) : Number.NaN
    if (Number.isNaN(at)) return []
    sent.push({ ms: Math.max(0, Math.round(at - firstAt * 1000)), type: 'sent' })
  }
  return sent
}
