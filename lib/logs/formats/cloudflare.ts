/**
 * Cloudflare's HTTP requests as Logpush writes them, one JSON object a line (developers.cloudflare.com, "HTTP requests"). Of a
 * WebSocket there is one, when it ended. Stamps are RFC 3339, seconds or nanoseconds, as the job is set up.
 */
import { type Members, numberOf, pathOfUrl, statusOf, textOf } from '#lib/logs/formats/members.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

export function readCloudflare(value: Members): AccessRecord | undefined {
  const status = statusOf(value, 'EdgeResponseStatus')
  const path = textOf(value, 'ClientRequestURI', 'ClientRequestPath')
  if (status === undefined || path === undefined) return undefined
  const [started, ended] = [stampOf(value.EdgeStartTimestamp), stampOf(value.EdgeEndTimestamp)]
  const origin = statusOf(value, 'OriginResponseStatus')
  const isExact = !isSeconds(value.EdgeStartTimestamp) && !isSeconds(value.EdgeEndTimestamp)
  const [client, port] = [textOf(value, 'ClientIP'), numberOf(value, 'ClientSrcPort')]
  const [method, agent] = [textOf(value, 'ClientRequestMethod'), textOf(value, 'ClientRequestUserAgent')]
  const [bytes, backend] = [numberOf(value, 'EdgeResponseBytes'), textOf(value, 'OriginIP')]
  return {
    kind: 'access',
    format: 'cloudflare',
    resolutionMs: isExact ? 1 : 1000,
    status,
    path: pathOfUrl(path),
    ...(ended !== undefined && { atMs: ended }),
    ...(started !== undefined && { startedMs: started }),
    // Two whole seconds say no more than about how long it was.
    ...(ended !== undefined && started !== undefined && isExact && { durationMs: ended - started }),
    ...(client !== undefined && { client }),
    ...(port !== undefined && { clientPort: port }),
    ...(method !== undefined && { method }),
    ...(agent !== undefined && { userAgent: agent }),
    ...(bytes !== undefined && { bytes }),
    ...(backend !== undefined && { backend }),
    // 0: the request did not reach the origin, or the origin did not answer.
    ...(origin !== undefined && { upstreamStatus: origin === 0 ? null : origin }),
  }
}

const isSeconds = (value: unknown): boolean =>
  typeof value === 'number' ? value < 1e11 : typeof value === 'string' && !/\.\d/.test(value)

const NANOSECONDS_FROM = 1e17

const stampOf = (value: unknown): number | undefined =>
  jsonStamp(typeof value === 'number' && value > NANOSECONDS_FROM ? value / 1e6 : value)?.atMs
