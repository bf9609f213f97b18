/**
 * Entries of Google Cloud's load balancers and of Cloud Run as Cloud Logging exports them, one a line (cloud.google.com, "HTTPS
 * load balancing logging and monitoring"; LogEntry and HttpRequest of its reference). The stamp is when the request came,
 * the latency how long it took: of a WebSocket, how long it was open.
 */
import { duration } from '#lib/logs/access-fields.ts'
import { type Members, numberOf, partOf, pathOfUrl, statusOf, textOf } from '#lib/logs/formats/members.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

/** What the balancer says of requests that it passed on whole, and of tunnels that ended by themselves. */
const GOOD: ReadonlySet<string> = new Set([
  'response_sent_by_backend',
  'response_from_cache',
  'websocket_closed',
])

export function readGoogleCloud(value: Members): AccessRecord | undefined {
  const request = partOf(value, 'httpRequest')
  const url = textOf(request, 'requestUrl')
  if (url === undefined) return undefined
  const status = statusOf(request, 'status') ?? 0
  const details = textOf(partOf(value, 'jsonPayload'), 'statusDetails')
  const latency = request.latency
  const durationMs =
    typeof latency === 'string' ? duration(latency) : secondsOf(partOf({ latency }, 'latency'))
  const started = jsonStamp(value.timestamp)
  const [client, method] = [textOf(request, 'remoteIp'), textOf(request, 'requestMethod')]
  const [bytes, agent] = [numberOf(request, 'responseSize'), textOf(request, 'userAgent')]
  const backend = textOf(request, 'serverIp')
  const said = details === undefined || GOOD.has(details) ? textOf(value, 'textPayload') : details
  return {
    kind: 'access',
    format: 'google-cloud',
    resolutionMs: 1,
    // Of what it ended before an answer the balancer writes 0.
    status: details === 'websocket_closed' ? 101 : status,
    path: pathOfUrl(url),
    ...(started !== undefined && { startedMs: started.atMs, atMs: started.atMs + (durationMs ?? 0) }),
    ...(durationMs !== undefined && { durationMs }),
    ...(client !== undefined && { client }),
    ...(method !== undefined && { method }),
    ...(bytes !== undefined && { bytes }),
    ...(agent !== undefined && { userAgent: agent }),
    ...(backend !== undefined && { backend }),
    ...(details?.startsWith('websocket_') && { upgrade: true }),
    ...(details === 'response_sent_by_backend' && status !== 101 && { upstreamStatus: status }),
    ...(details?.startsWith('failed_to_') && { upstreamStatus: null, upstreamConnectMs: null }),
    ...(said !== undefined && { error: details === said ? `"statusDetails":"${said}"` : said.slice(0, 500) }),
    ...(status === 101 && said !== undefined && said === details && { cut: said }),
  }
}

/** `{"seconds":30,"nanos":1000000}`, as the client libraries write it. */
function secondsOf(latency: Members): number | undefined {
  const [seconds, nanos] = [numberOf(latency, 'seconds'), numberOf(latency, 'nanos')]
  return seconds === undefined && nanos === undefined ? undefined : (seconds ?? 0) * 1000 + (nanos ?? 0) / 1e6
}
