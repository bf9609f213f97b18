/** Our own server's events → evidence: one connection as the backend saw it, the others as peers. */

import type { Evidence, HeaderList, ServerEvent } from '#lib/evidence/schema.ts'
import { peerOf } from '#lib/intake/peer.ts'
import { collectAppConnections } from '#lib/logs/app-connections.ts'
import { readOwnEvent } from '#lib/logs/formats/own-event.ts'
import type { DiagnosticEvent, EventOf } from '#lib/protocol/events.ts'

const MOST_PEERS = 5000
const MOST_EVENTS = 2000
const MOST_HEARTBEATS = 300

/**
 * Evidence about the connection with this client id; without one, about all of them.
 * @param events in the order of the journal
 */
export function evidenceFromJournal(events: readonly DiagnosticEvent[], clientId?: string): Evidence {
  const server = clientId === undefined ? undefined : serverOf(events, clientId)
  const peers = peersOf(events, clientId)
  return {
    ...(server !== undefined && { server }),
    ...(peers.length > 0 && { peers }),
  }
}

/** The connection's events with times from its first; undefined when the journal has none of it. */
function serverOf(events: readonly DiagnosticEvent[], clientId: string): ServerEvent[] | undefined {
  const own = events.filter((event) => 'client_id' in event && event.client_id === clientId)
  const first = own[0]
  if (first === undefined) return undefined
  const isEarlyBeat = earlierThan(own.filter(({ kind }) => kind === 'heartbeat').at(-MOST_HEARTBEATS))
  return own
    .filter((event) => !isEarlyBeat(event))
    .slice(0, MOST_EVENTS)
    .flatMap((event) => {
      const ms = Math.round((event.at - first.at) * 1000)
      return convert(event, ms).map((converted) => ({ ms, ...converted }))
    })
}

/** Beats go on for hours; those before this one must not crowd out what tells more. */
const earlierThan = (oldest: DiagnosticEvent | undefined) => (event: DiagnosticEvent) =>
  oldest !== undefined && event.kind === 'heartbeat' && event.at < oldest.at

function convert(event: DiagnosticEvent, ms: number): ServerEvent[] {
  switch (event.kind) {
    case 'attempt':
      return [
        { type: 'request', http_version: event.http_version, path: event.url, headers: headersOf(event) },
      ]
    case 'accepted':
      return [{ type: 'upgraded' }]
    case 'rejected':
      return rejection(event)
    case 'pong_timeout':
      return [{ type: 'pong_missed' }]
    case 'traffic':
      return [{ type: 'message', length: event.bytes_in + event.bytes_out }]
    case 'disconnected':
      return disconnection(event, ms)
    case 'error':
      return [{ type: 'error', code: event.code, message: event.message }]
    case 'heartbeat':
      return [{ type: 'pong', rtt_ms: event.rtt_ms }]
    case 'recorded':
    case 'watch':
    case 'server':
      return []
  }
}

/** Less than this costs no connection. */
const LEAST_STALL_MS = 2000

/** A server that counts no messages on its way may still say at its end how long it had been silent. */
function disconnection(event: EventOf<'disconnected'>, ms: number): ServerEvent[] {
  if (event.process !== undefined)
    return [{ type: 'process_exit', ...(event.process === 'silent' && { silent: true }) }]
  const { silence_ms, event_loop_delay_ms = 0, draining, socket_error, initiator } = event
  const { unacked_bytes = 0, retransmits = 0, missed_pongs = 0 } = event
  // Given up over a pong, perhaps, without its own event: who ended it does not tell why, then.
  const isPongOpen = event.close_code === 1006 && missed_pongs > 0 && initiator === 'server' && !draining
  const lastMs = silence_ms === undefined ? 0 : Math.round(ms - silence_ms)
  return [
    ...(lastMs > 0 ? [{ type: 'message', ms: lastMs }] : []),
    ...(event_loop_delay_ms >= LEAST_STALL_MS ? [{ type: 'stalled', for_ms: event_loop_delay_ms }] : []),
    ...(draining ? [{ type: 'draining' }] : []),
    ...(unacked_bytes > 0 && retransmits > 0
      ? [{ type: 'unacknowledged', length: unacked_bytes, times: retransmits }]
      : []),
    ...(socket_error === undefined ? [] : [{ type: 'tcp_error', code: socket_error }]),
    { type: 'close', code: event.close_code, reason: event.reason, ...(!isPongOpen && { by: initiator }) },
  ]
}

function rejection({ status, close_code, reason }: EventOf<'rejected'>): ServerEvent[] {
  if (close_code !== undefined)
    return [{ type: 'upgraded' }, { type: 'close', code: close_code, reason, by: 'server' }]
  return [
    { type: 'rejected', reason },
    ...(status === undefined ? [] : [{ type: 'response', status }]),
    { type: 'log', text: reason },
  ]
}

function headersOf(attempt: EventOf<'attempt'>): HeaderList {
  const headers: [string, string | undefined][] = [
    ['Host', attempt.host],
    ['Origin', attempt.origin],
    ['User-Agent', attempt.user_agent],
    ['Upgrade', attempt.upgrade],
    ['Connection', attempt.connection],
    ['Sec-WebSocket-Protocol', attempt.subprotocols],
    ['X-Forwarded-For', attempt.forwarded_for],
    ['X-Forwarded-Proto', attempt.forwarded_proto],
    ['X-Forwarded-Host', attempt.forwarded_host],
    ['X-Real-IP', attempt.real_ip],
  ]
  return headers.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]))
}

function peersOf(events: readonly DiagnosticEvent[], clientId: string | undefined) {
  const connections = collectAppConnections(MOST_PEERS)
  for (const event of events) {
    const record = readOwnEvent(event)
    if (record !== undefined) connections.add(record)
  }
  return connections
    .list()
    .filter(
      (connection) =>
        connection.outcome === 'ended' && (clientId === undefined || connection.clientId !== clientId),
    )
    .map(peerOf)
}
