/** One sentence a stage, for the progress on stderr and beside the stations of the page. */
import type { StageName } from '#lib/evidence/progress.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`

const STARTING: Record<StageName, string> = {
  url: 'Reading the URL',
  dns: 'Resolving the name',
  tcp: 'Connecting',
  tls: 'Securing',
  http: 'Asking for the upgrade',
  checks: 'Checking the answer',
  frames: 'Reading frames',
  watch: 'Watching in silence',
  close: 'Closing',
  retry: 'Trying again',
}

/** The end of an attempt in words: `FIN without a close frame after 3 s`. */
export function describeEnd(end: NonNullable<ProbeEvidence['end']>): string {
  const after = `after ${seconds(end.ms ?? 0)}`
  switch (end.kind) {
    case 'http_response':
      return `refused over HTTP ${after}`
    case 'close_frame':
      return end.by === 'probe'
        ? `closed in order ${after}`
        : `closed by the server with ${end.code ?? 'no code'}${end.reason ? ` “${end.reason}”` : ''} ${after}`
    case 'fin':
      return `ended by FIN without a close frame ${after}`
    case 'rst':
      return `reset (RST) ${after}`
    case 'no_answer':
      return `no answer ${after}`
    case 'error':
      return `failed with ${end.code ?? 'an unknown error'} ${after}`
    default:
      return `still open ${after}`
  }
}

function describeAddresses(probe: ProbeEvidence): string {
  const tcp = probe.tcp
  if (tcp?.outcome === 'connected') return `connected to ${tcp.address ?? 'it'}`
  return `${tcp?.outcome ?? 'failed'}${tcp?.code ? ` (${tcp.code})` : ''}`
}

function describeDns(probe: ProbeEvidence): string {
  const found = probe.dns?.addresses
  if (!found) return `failed with ${probe.dns?.code ?? 'an unknown error'}`
  return found.map((host) => host.address).join(', ')
}

function describeHttp(probe: ProbeEvidence): string {
  const http = probe.http
  if (http?.not_http) return 'the answer is no HTTP'
  if (http?.status === undefined) return describeEnd(probe.end ?? { kind: 'no_answer' })
  return `${http.status} ${http.status_text ?? ''}`.trim()
}

function describeTls(probe: ProbeEvidence): string {
  const tls = probe.tls
  if (tls?.outcome !== 'ok') return `failed with ${tls?.code ?? tls?.outcome ?? 'an unknown error'}`
  const names = [tls.protocol, tls.alpn || undefined].filter((part) => part !== undefined)
  return names.join(', ') + (tls.unverified ? ` (not verified: ${tls.unverified})` : '')
}

function describeFrames(probe: ProbeEvidence): string {
  const count = (probe.frames ?? []).length
  const ping = probe.ping
  const pong = !ping
    ? ''
    : ping.rtt_ms === null
      ? ', ping not answered'
      : `, ping answered in ${ping.rtt_ms} ms`
  return `${count} frame${count === 1 ? '' : 's'}${pong}`
}

export const describeStage = {
  starting: (stage: StageName, forMs?: number): string =>
    forMs === undefined ? STARTING[stage] : `${STARTING[stage]} for ${seconds(forMs)}`,
  ended(stage: StageName, probe: ProbeEvidence): string {
    const say: Partial<Record<StageName, (probe: ProbeEvidence) => string>> = {
      dns: describeDns,
      tcp: describeAddresses,
      tls: describeTls,
      http: describeHttp,
      frames: describeFrames,
      checks: ({ checks }) => {
        const failed = Object.entries(checks ?? {}).flatMap(([name, passed]) =>
          passed === false ? [name] : [],
        )
        return failed.length === 0 ? 'a valid WebSocket handshake' : `failed: ${failed.join(', ')}`
      },
      watch: ({ end }) => describeEnd(end ?? { kind: 'open' }),
      close: ({ end }) => (end?.by === 'probe' ? 'answered' : 'our close frame was not answered with one'),
    }
    return say[stage]?.(probe) ?? ''
  },
}
