/** The server's own lines about one connection as the events of a backend. Times count from its opening. */
import type { ServerEvent } from '#lib/evidence/schema.ts'
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

/** Empty when only a proxy wrote about the connection. */
export function serverEventsOf(connection: LoggedConnection): ServerEvent[] {
  const { isTold, outcome, openedMs, closedMs, lastByteMs, ageMs, pongTimeout } = connection
  if (!isTold) return []
  const request: ServerEvent = {
    ms: 0,
    type: 'request',
    ...(connection.path !== undefined && { path: connection.path }),
    ...(lacksUpgrade(connection)
      ? {}
      : {
          headers: [
            ['Upgrade', 'websocket'],
            ['Connection', 'Upgrade'],
            ...(connection.origin === undefined ? [] : [['Origin', connection.origin] as [string, string]]),
          ],
        }),
  }
  if (outcome === 'refused' && connection.code === undefined) {
    return [request, { ms: 0, type: 'rejected', ...reasonOf(connection) }, ...statementsOf(connection)]
  }
  const openings: ServerEvent[] = [request, { ms: 0, type: 'upgraded' }]
  if (outcome === 'open') return openings
  const endMs = ageMs ?? (openedMs !== undefined && closedMs !== undefined ? closedMs - openedMs : undefined)
  const messageMs = lastByteMs !== undefined && openedMs !== undefined ? lastByteMs - openedMs : 0
  return [
    ...openings,
    ...(messageMs > 0 ? [{ ms: messageMs, type: 'message' }] : []),
    ...(pongTimeout ? [{ type: 'pong_missed', ...(endMs !== undefined && { ms: endMs }) }] : []),
    closeOf(connection, endMs),
  ]
}

/** The server refused it for what the request did not have: what arrived is not known then. */
function lacksUpgrade({ reason }: LoggedConnection): boolean {
  const means = reason === undefined ? undefined : readSentence(reason, { side: 'server' })?.said.means
  return means === 'upgrade-missing' || means === 'http-version' || means === 'handshake-header'
}

/** The status that the server answered, and its own words about why. */
function statementsOf({ status, reason }: LoggedConnection): ServerEvent[] {
  return [
    ...(status === undefined ? [] : [{ ms: 0, type: 'response', status }]),
    ...(reason === undefined ? [] : [{ ms: 0, type: 'log', text: reason }]),
  ]
}

function closeOf(connection: LoggedConnection, endMs: number | undefined): ServerEvent {
  const { code = 1006, process } = connection
  if (process !== undefined) {
    const ms = endMs === undefined ? {} : { ms: endMs }
    return { type: 'process_exit', ...ms, ...(process === 'silent' && { silent: true }) }
  }
  // 1011 to 1014 speak of the server's troubles: no client sends them (RFC 6455 §7.4.1, IANA registry).
  const serverOnly = connection.outcome === 'refused' || (code >= 1011 && code <= 1014)
  const told = isPongOpen(connection) ? undefined : connection.initiator
  const initiator = told ?? (serverOnly ? 'server' : undefined)
  return {
    type: 'close',
    code,
    ...(endMs !== undefined && { ms: endMs }),
    ...(initiator !== undefined && { by: initiator }),
    ...reasonOf(connection),
  }
}

/** A server that gives up over a pong says so in a line of its own, which may be missing here: then why it ended it is open. */
const isPongOpen = ({ code, pings = 0, pongs = 0, pongTimeout }: LoggedConnection): boolean =>
  code === 1006 && pings > pongs && !pongTimeout

function reasonOf({ reason }: LoggedConnection): { reason?: string } {
  return reason === undefined ? {} : { reason }
}
