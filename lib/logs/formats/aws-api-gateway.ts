/**
 * Access log of a WebSocket API of AWS API Gateway, in JSON with names of `$context` (docs.aws.amazon.com, "WebSocket API
 * mapping template reference" and "Set up logging for a WebSocket API"). One line for each of CONNECT, MESSAGE and DISCONNECT.
 */
import { type Members, numberOf, statusOf, textOf } from '#lib/logs/formats/members.ts'
import type { AppEvent, LogRecord } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

const EVENTS: Readonly<Record<string, AppEvent>> = {
  CONNECT: 'accepted',
  MESSAGE: 'traffic',
  DISCONNECT: 'disconnected',
}

export function readApiGateway(value: Members): LogRecord | undefined {
  const id = textOf(value, 'connectionId')
  const kind = textOf(value, 'eventType') ?? textOf(value, 'routeKey')?.replace('$', '').toUpperCase()
  if (id === undefined || kind === undefined) return undefined
  const event = EVENTS[kind] ?? (textOf(value, 'routeKey') === undefined ? undefined : 'traffic')
  if (event === undefined) return undefined
  const status = statusOf(value, 'status')
  const isRefused = event === 'accepted' && status !== undefined && status >= 300
  const stamp = jsonStamp(value.requestTimeEpoch) ?? jsonStamp(value.requestTime)
  const connected = jsonStamp(value.connectedAt)?.atMs
  const [client, code] = [textOf(value, 'ip', 'sourceIp'), numberOf(value, 'disconnectStatusCode')]
  const reason = textOf(value, 'disconnectReason', 'errorMessage', 'error')
  const ageMs = stamp === undefined || connected === undefined ? undefined : stamp.atMs - connected
  return {
    kind: 'app',
    format: 'aws-api-gateway',
    resolutionMs: 1000,
    ...stamp,
    event: isRefused ? 'rejected' : event,
    clientId: id,
    ...(client !== undefined && { client }),
    ...(isRefused && { status }),
    ...(event === 'disconnected' && ageMs !== undefined && ageMs >= 0 && { durationMs: ageMs }),
    ...(event === 'disconnected' && code !== undefined && code > 0 && { code }),
    ...(reason !== undefined && { reason: reason.slice(0, 500) }),
  }
}
