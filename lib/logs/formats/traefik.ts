/**
 * Traefik's access log in JSON (`accessLog.format: json`). Durations are nanoseconds; an OriginStatus of 0 is a
 * backend that did not answer (doc.traefik.io, "Access logs"). Its common format is read with the other access lines.
 */
import type { AccessRecord } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

type Fields = Record<string, unknown>

export function readTraefik(value: Fields): AccessRecord | undefined {
  const status = value.DownstreamStatus
  if (typeof status !== 'number' || typeof value.RequestPath !== 'string') return undefined
  const text = (key: string): string | undefined => (typeof value[key] === 'string' ? value[key] : undefined)
  const number = (key: string): number | undefined => {
    const field = value[key]
    return typeof field === 'number' && Number.isFinite(field) ? field : undefined
  }
  const started = jsonStamp(value.StartUTC ?? value.StartLocal)?.atMs
  const nanoseconds = number('Duration')
  const durationMs = nanoseconds === undefined ? undefined : nanoseconds / 1e6
  const [bytes, origin, port] = [
    number('DownstreamContentSize'),
    number('OriginStatus'),
    Number(text('ClientPort')),
  ]
  const client = text('ClientHost')
  const method = text('RequestMethod')
  const backend = text('ServiceAddr')
  return {
    kind: 'access',
    format: 'traefik',
    resolutionMs: 1,
    status,
    path: value.RequestPath,
    ...(method !== undefined && { method }),
    ...(durationMs !== undefined && { durationMs }),
    ...(started !== undefined && { startedMs: started, atMs: started + (durationMs ?? 0) }),
    ...(bytes !== undefined && { bytes }),
    ...(client !== undefined && { client }),
    ...(Number.isInteger(port) && port > 0 && { clientPort: port }),
    ...(backend !== undefined && { backend }),
    // No service was asked where none is named: the router or a middleware answered.
    ...(backend === undefined
      ? { upstreamStatus: null }
      : origin !== undefined && { upstreamStatus: origin === 0 ? null : origin }),
  }
}
