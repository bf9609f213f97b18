/** One event as one line of text. The words are searched for in runbooks: they may be added to, not changed. */
import type { DiagnosticEvent, EventKind, EventOf } from '#lib/protocol/events.ts'
import type { LogLevel } from '#server/config/config.ts'
import { quote } from '#server/log/quote.ts'

export const linePrefix = '[WS_DIAGNOSTICS]'

/** The least level at which a kind becomes a line. */
export const levelOfKind = {
  attempt: 'info',
  rejected: 'warn',
  accepted: 'info',
  heartbeat: 'debug',
  pong_timeout: 'warn',
  traffic: 'debug',
  disconnected: 'info',
  error: 'error',
  server: 'info',
} as const satisfies Record<EventKind, LogLevel>

/** The line, without its line break. The words people search for come first, the time last. */
export function formatLine(event: DiagnosticEvent): string {
  return `${linePrefix} ${describe(event)}, at=${new Date(event.at * 1000).toISOString()}`
}

function describe(event: DiagnosticEvent): string {
  switch (event.kind) {
    case 'attempt':
      return describeAttempt(event)
    case 'rejected':
      return `${describeRejection(event)} - ${connection(event)}, cause=${event.cause}`
    case 'accepted':
      return `CONNECTION ACCEPTED ${connection(event)}, ping_interval=${event.ping_interval_seconds}, ping_timeout=${event.ping_timeout_seconds}`
    case 'heartbeat':
      return `HEARTBEAT ${connection(event)}, ping_number=${event.ping_number}, rtt_ms=${event.rtt_ms}`
    case 'pong_timeout':
      return `PONG TIMEOUT ${connection(event)}, ping_number=${event.ping_number}, waited_ms=${event.waited_ms}`
    case 'traffic':
      return `TRAFFIC ${connection(event)}, messages_in=${event.messages_in}, messages_out=${event.messages_out}, bytes_in=${event.bytes_in}, bytes_out=${event.bytes_out}`
    case 'disconnected':
      return `${connection(event)} disconnected - code=${event.close_code}, close_code=${event.close_code}, reason=${quote(event.reason)}, duration_ms=${event.duration_ms}, pings=${event.pings}, pongs=${event.pongs}, ended_by=${event.initiator}${event.socket_error === undefined ? '' : `, socket_error=${quote(event.socket_error)}`}`
    case 'error':
      return `ERROR ${event.client_id ? `${connection({ client_id: event.client_id, endpoint: event.endpoint ?? '', trace: event.trace })}, ` : ''}code=${quote(event.code)}, message=${quote(event.message)}`
    case 'server':
      return `SERVER ${event.state} instance=${quote(event.instance)}`
  }
}

function describeAttempt(event: EventOf<'attempt'>): string {
  const headers = [
    `Origin: ${headerOr('no_origin', event.origin)}`,
    `User-Agent: ${headerOr('none', event.user_agent)}`,
    `Scheme: ${event.scheme}`,
    `X-Forwarded-For: ${headerOr('none', event.forwarded_for)}`,
    `X-Forwarded-Proto: ${headerOr('none', event.forwarded_proto)}`,
    `X-Forwarded-Host: ${headerOr('none', event.forwarded_host)}`,
    `X-Real-IP: ${headerOr('none', event.real_ip)}`,
    `Upgrade: ${headerOr('none', event.upgrade)}`,
    `Connection: ${headerOr('none', event.connection)}`,
    `Host: ${headerOr('none', event.host)}`,
  ]
  const { address, url, http_version } = event
  return `CONNECTION ATTEMPT START ${connection(event)}, client=${quote(address)}, url=${quote(url)}, http=${http_version}, ${headers.join(', ')}`
}

function describeRejection(event: EventOf<'rejected'>): string {
  const how = event.status ?? `close_code=${event.close_code}`
  // The words of a 403 stand whichever way the origin is turned away: people search for them.
  return event.cause === 'origin'
    ? `403 FORBIDDEN: ${event.reason}${event.status === 403 ? '' : ` (${how})`}`
    : `REJECTED ${how}: ${quote(event.reason)}`
}

function connection(event: { client_id: string; endpoint: string; trace?: string | undefined }): string {
  const trace = event.trace === undefined ? '' : `, trace=${event.trace}`
  return `client_id=${event.client_id}, path=${quote(event.endpoint)}${trace}`
}

function headerOr(absent: string, value: string | undefined): string {
  return value === undefined ? absent : quote(value)
}
