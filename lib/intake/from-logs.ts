/**
 * Log lines → evidence. The trouble that most connections share is judged by one typical connection: its own
 * lines are the proxy's and the server's view, all connections together are the peers.
 */

import type { Evidence, PeerEvidence, ProxyEvidence } from '#lib/evidence/schema.ts'
import { serverEventsOf } from '#lib/intake/from-log-connection.ts'
import { peerOf } from '#lib/intake/peer.ts'
import type { KeptNotice, LoggedConnection, Quoted } from '#lib/logs/connection.ts'
import type { LineFormat } from '#lib/logs/record.ts'
import { finished, type LogSummary } from '#lib/logs/summary.ts'
import { type TroubleGroup, typicalOf } from '#lib/logs/trouble.ts'

const MOST_PEERS = 5000
const MOST_LINES = 200
/** A reload cuts at once, or after worker_shutdown_timeout: ingress-nginx has 240 s. */
const LIFECYCLE_BEFORE_MS = 300_000
const LIFECYCLE_AFTER_MS = 5000

/** Evidence for one group of troubled connections; without a group, for the log as a whole. */
export function evidenceFromLogs(summary: LogSummary, group = summary.troubles[0]): Evidence {
  const typical = group && typicalOf(group)
  return group === undefined || typical === undefined ? ofAll(summary) : ofGroup(summary, group, typical)
}

function ofGroup(summary: LogSummary, group: TroubleGroup, typical: LoggedConnection): Evidence {
  const others = group.connections.filter((connection) => connection !== typical)
  const proxy = proxyOf(
    summary,
    [typical, ...others, ...refusedAfter(summary, group)],
    [...group.connections.flatMap(({ notices = [] }) => notices), ...lifecycleNear(summary, group)],
  )
  // Where many left at one moment and nobody wrote down who closed, the server did.
  const sentAway = group.trouble.kind === 'closed' && group.trouble.code === 1001
  const server = serverEventsOf(sentAway ? { ...typical, initiator: 'server' } : typical)
  return {
    ...(proxy !== undefined && { proxy }),
    ...(server.length > 0 && { server }),
    ...(group.trouble.kind !== 'refused' && { peers: peersOf(group.connections, group.count) }),
  }
}

/** No line accuses anybody. The lines may still settle what another observer saw, so they are handed on. */
function ofAll(summary: LogSummary): Evidence {
  const done = finished(summary)
  const notices = [...done.flatMap(({ notices = [] }) => notices), ...summary.lifecycle]
  const proxy = proxyOf(summary, done, notices)
  return {
    ...(proxy !== undefined && { proxy }),
    peers: peersOf(done, summary.counts.ended + summary.counts.refused),
  }
}

/**
 * Evenly thinned when there are too many, so that no hour of the day is left out; each then stands for several.
 * @param all how many they are, where these are some of them
 */
function peersOf(connections: readonly LoggedConnection[], all: number): PeerEvidence[] {
  const step = Math.max(1, Math.ceil(connections.length / MOST_PEERS))
  const chosen = connections.filter((_, index) => index % step === 0).map(peerOf)
  if (chosen.length === all) return chosen
  const [each, rest] = [Math.floor(all / chosen.length), all % chosen.length]
  return chosen.map((peer, index) => ({ ...peer, count: each + (index < rest ? 1 : 0) }))
}

function proxyOf(
  summary: LogSummary,
  connections: readonly LoggedConnection[],
  concerning: readonly Quoted<KeptNotice>[],
): ProxyEvidence | undefined {
  const access = linesOf(connections).slice(0, MOST_LINES)
  const notices = [...concerning, ...summary.general].slice(0, MOST_LINES)
  if (access.length === 0 && notices.length === 0) return undefined
  const kind = kindOf(summary)
  const sawErrors =
    notices.length > 0 || summary.formats.has('nginx-error') || summary.formats.has('apache-error')
  return {
    ...(kind !== undefined && { kind }),
    ...(access.length > 0 && { access_log: access }),
    ...(sawErrors && { error_log: notices.map(({ line }) => line) }),
  }
}

/** Their lines, each behind the line that names its columns where it needs one. */
function linesOf(connections: readonly LoggedConnection[]): string[] {
  let last: string | undefined
  return connections.flatMap(({ access }) => {
    if (access === undefined) return []
    const { header } = access.record
    const isNew = header !== undefined && header !== last
    last = header ?? last
    return isNew ? [header, access.line] : [access.line]
  })
}

/** Handshakes that failed after many connections ended at once: they tell a dead backend from a reload. */
function refusedAfter(summary: LogSummary, { picture }: TroubleGroup): LoggedConnection[] {
  const first = picture.pattern.kind === 'reload' ? picture.pattern.moments[0]?.atMs : undefined
  if (first === undefined) return []
  return summary.connections.filter(
    ({ outcome, closedMs }) => outcome === 'refused' && (closedMs ?? 0) >= first,
  )
}

/** The life-cycle lines around the ends of the group: a start in the morning explains no cut in the evening. */
function lifecycleNear(summary: LogSummary, { connections, picture }: TroubleGroup): Quoted<KeptNotice>[] {
  const ends =
    picture.moments.length > 0
      ? picture.moments.map(({ atMs }) => atMs)
      : connections.slice(0, MOST_LINES).flatMap(({ closedMs }) => closedMs ?? [])
  if (picture.pattern.kind !== 'reload' && picture.moments.length === 0) return []
  return summary.lifecycle.filter(({ record: { atMs } }) => {
    // HAProxy's own notices have no stamp where nobody put one before them.
    return (
      atMs === undefined ||
      ends.some((end) => {
        const near = inYearOf(end, atMs)
        return near >= end - LIFECYCLE_BEFORE_MS && near <= end + LIFECYCLE_AFTER_MS
      })
    )
  })
}

const HALF_A_YEAR_MS = 182 * 86_400_000

/** A stamp without a year (klog’s, syslog’s) was read with some year: the other lines tell which it was. */
function inYearOf(otherMs: number, atMs: number): number {
  if (Math.abs(atMs - otherMs) < HALF_A_YEAR_MS) return atMs
  return new Date(atMs).setUTCFullYear(new Date(otherMs).getUTCFullYear())
}

const KINDS: Partial<Record<LineFormat, string>> = {
  'nginx-access': 'nginx',
  'nginx-error': 'nginx',
  'apache-access': 'apache',
  'apache-error': 'apache',
  haproxy: 'haproxy',
  caddy: 'caddy',
  traefik: 'traefik',
  envoy: 'envoy',
  'aws-alb': 'aws-alb',
  'aws-nlb': 'aws-nlb',
  'aws-api-gateway': 'aws-api-gateway',
  azure: 'azure-front-door',
  cloudflare: 'cloudflare',
  cloudfront: 'cloudfront',
  'google-cloud': 'google',
  heroku: 'heroku',
  fly: 'fly',
  vercel: 'vercel',
  squid: 'squid',
  iis: 'iis',
  'ingress-nginx': 'nginx',
}

/** The proxy that wrote most lines; combined lines alone do not say. */
function kindOf(summary: LogSummary): string | undefined {
  // The lines above its own are those of any W3C log.
  if (summary.formats.has('cloudfront')) return KINDS.cloudfront
  for (const format of summary.formats.keys()) {
    const kind = KINDS[format]
    if (kind !== undefined) return kind
  }
  return undefined
}
