/**
 * Envoy's access lines, the default text format and Istio's, and the JSON that Istio writes under the same names.
 *
 * A tunnel's line is written when it ends. Response flags say who ended it (envoyproxy.io, "Access logging"); the
 * response code details name the reason in one word.
 */
import { requestLine, withoutPort } from '#lib/logs/access-fields.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { isoStamp, jsonStamp } from '#lib/logs/stamp.ts'

const HEAD = /^\[(\d{4}-\d\d-\d\dT[\d:.]{8,20}Z)\] "(\S{1,20} \S{1,8192} [^"]{1,20})" (\d{1,3}) (\S{1,60}) /
/** Istio adds details, since 1.9 the connection's end, and the upstream's failure before the three numbers. */
const REST =
  /^(?:(\S{1,200}) (?:(\S{1,200}) )?"([^"]{0,2000})" )?(\d{1,18}) (\d{1,18}) (\d{1,18}) \S{1,20} "([^"]{0,400})" "([^"]{0,1000})"/

export function parseEnvoy(line: string): AccessRecord | undefined {
  if (!line.startsWith('[')) return undefined
  const head = HEAD.exec(line)
  const rest = head && REST.exec(line.slice(head[0].length))
  if (!head || !rest) return undefined
  const [, started = '', request = '', status = '', flags = ''] = head
  const [, details, , , , bytes, duration, forwarded = '', agent = ''] = rest
  return recordOf({
    startedMs: isoStamp(started)?.atMs,
    request,
    status: Number(status),
    flags,
    details,
    bytes: Number(bytes),
    durationMs: Number(duration),
    client: forwarded,
    agent,
  })
}

type Fields = Record<string, unknown>

/** The JSON of Istio's mesh configuration (`accessLogEncoding: JSON`), of Contour and of Envoy Gateway, whose names are Envoy's own. */
export function readEnvoyJson(value: Fields): AccessRecord | undefined {
  const text = (key: string): string | undefined => (typeof value[key] === 'string' ? value[key] : undefined)
  const flags = text('response_flags')
  const status = Number(value.response_code)
  if (flags === undefined || !Number.isInteger(status)) return undefined
  return recordOf({
    startedMs: jsonStamp(value.start_time ?? value['@timestamp'] ?? value.timestamp)?.atMs,
    request: `${text('method') ?? 'GET'} ${text('path') ?? text('x-envoy-origin-path') ?? '/'} ${text('protocol') ?? 'HTTP/1.1'}`,
    status,
    flags,
    details: text('response_code_details'),
    bytes: Number(value.bytes_sent),
    durationMs: Number(value.duration),
    client: text('x_forwarded_for') ?? text('x-forwarded-for') ?? text('downstream_remote_address') ?? '',
    agent: text('user_agent') ?? text('user-agent') ?? '',
  })
}

/** Of a tunnel: Envoy's own timers, or its backend. `DC` is a client that left. */
const CUTS = /\b(?:SI|DT|UMSDR|UC|UR|UPE)\b/

function cutBy(flags: string): Pick<AccessRecord, 'cut'> {
  const cut = CUTS.exec(flags)?.[0]
  return cut === undefined ? {} : { cut }
}

interface Parts {
  startedMs: number | undefined
  request: string
  status: number
  flags: string
  details: string | undefined
  bytes: number
  durationMs: number
  client: string
  agent: string
}

/** The backend was never connected (UF, UH, NC), no route led to it (NR), or Envoy itself refused. */
const UNREACHED = /\b(?:UF|UH|NC|URX)\b/
const OWN = /\b(?:NR|RL|UAEX|RLSE|IH|OM|FI)\b/

function recordOf({
  startedMs,
  request,
  status,
  flags,
  details,
  bytes,
  durationMs,
  client,
  agent,
}: Parts): AccessRecord {
  const ownAnswer =
    OWN.test(flags) || (details !== undefined && details !== '-' && details !== 'via_upstream')
  const given = details !== undefined && details !== '-' ? details : undefined
  const address = withoutPort(client.split(',')[0] ?? '')
  return {
    kind: 'access',
    format: 'envoy',
    resolutionMs: 1,
    status,
    ...requestLine(request),
    // Only an upgrade can fail.
    ...(given === 'upgrade_failed' && { upgrade: true }),
    ...(Number.isFinite(durationMs) && { durationMs }),
    ...(startedMs !== undefined && {
      startedMs,
      atMs: startedMs + (Number.isFinite(durationMs) ? durationMs : 0),
    }),
    ...(Number.isFinite(bytes) && { bytes }),
    ...(address !== '' && address !== '-' && { client: address }),
    ...(agent !== '' && agent !== '-' && { userAgent: agent }),
    // Whoever fails in TLS was reached.
    ...(UNREACHED.test(flags) && !given?.includes('TLS_error')
      ? { upstreamStatus: null, upstreamConnectMs: null }
      : ownAnswer && { upstreamStatus: null }),
    ...(details === 'via_upstream' && status !== 101 && { upstreamStatus: status }),
    ...(flags !== '-' && { responseFlags: flags }),
    ...(status === 101 && cutBy(flags)),
    ...(given !== undefined && given !== 'via_upstream' && { detail: given }),
  }
}
