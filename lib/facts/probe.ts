/** What a raw socket saw: how far it got, and how it ended. */

import type { Evidence, HeaderList, ProbeEvidence, WireFrame } from '#lib/evidence/schema.ts'
import { type Because, say } from '#lib/facts/because.ts'

export type ProbeFailure =
  | { stage: 'dns'; code: string }
  | { stage: 'tcp'; outcome: 'refused' | 'unreachable' | 'timeout' | 'error'; code: string }
  | { stage: 'tls'; code: string; message: string }
  | {
      stage: 'handshake'
      how: 'silence' | 'closed' | 'reset' | 'not-http' | 'error'
      code: string
      ms: number
    }
  | { stage: 'answer'; status: number }
  | { stage: 'checks'; failed: CheckName[]; repeated: RepeatedHeader[] }

export type CheckName = 'accept' | 'upgrade' | 'connection' | 'subprotocol' | 'extensions'

export type ProbeEnd =
  | { kind: 'close'; ms: number; code: number; reason: string; tcp: string; by: 'peer' | 'probe' }
  | { kind: 'fin' | 'rst' | 'open' | 'error'; ms: number; code: string; isCutShort?: boolean }

export type ProbeView = {
  evidence: ProbeEvidence
  /** Undefined when the probe got a good 101. */
  failure: ProbeFailure | undefined
  opened: boolean
  /** How an opened connection ended, or was left. */
  end: ProbeEnd | undefined
  /** Milliseconds from the connection's begin to the HTTP answer. */
  answeredMs: number | undefined
  connectedMs: number | undefined
  frames: readonly WireFrame[]
  lastReceivedMs: number | undefined
}

const CHECKS: readonly CheckName[] = ['accept', 'upgrade', 'connection', 'subprotocol', 'extensions']

export function readProbe(evidence: Evidence): ProbeView | undefined {
  const probe = evidence.probe
  if (!probe) return undefined
  const frames = probe.frames ?? []
  const failure = failureOf(probe)
  const opened = failure === undefined && (probe.http?.status === 101 || isExtendedConnect(probe))
  const lastFrameMs = frames.reduce<number | undefined>(
    (latest, frame) => (frame.opcode === 8 ? latest : Math.max(latest ?? 0, frame.ms ?? 0)),
    undefined,
  )
  return {
    evidence: probe,
    failure,
    opened,
    end: opened || failure?.stage === 'checks' ? endOf(probe) : undefined,
    answeredMs: probe.http?.ms,
    connectedMs: probe.tcp?.ms,
    frames,
    lastReceivedMs: opened ? (lastFrameMs ?? probe.http?.ms ?? 0) : undefined,
  }
}

const TCP_OUTCOMES = ['refused', 'unreachable', 'timeout'] as const

function failureOf(probe: ProbeEvidence): ProbeFailure | undefined {
  const { dns, tcp, tls, http, end } = probe
  const endCode = end?.code === undefined ? '' : String(end.code)
  if (dns && dns.outcome !== 'ok') return { stage: 'dns', code: dns.code ?? endCode }
  if (tcp && tcp.outcome !== 'connected' && tcp.outcome !== 'ok') {
    const outcome = TCP_OUTCOMES.find((known) => known === tcp.outcome) ?? outcomeOfErrno(tcp.code ?? endCode)
    return { stage: 'tcp', outcome, code: tcp.code ?? endCode }
  }
  // A server that takes the connection and never answers TLS is as silent as one that never answers HTTP.
  if (tls?.outcome === 'timeout')
    return { stage: 'handshake', how: 'silence', code: endCode, ms: end?.ms ?? 0 }
  if (tls && tls.outcome !== 'ok')
    return { stage: 'tls', code: tls.code ?? endCode, message: tls.message ?? '' }
  if (http?.status !== undefined && !isInterim(http.status)) {
    if (http.status !== 101 && !isExtendedConnect(probe)) return { stage: 'answer', status: http.status }
    const repeated = repeatedIn(http.headers)
    const failed = CHECKS.filter((name) => {
      return probe.checks?.[name] === false || repeated.some(({ check }) => check === name)
    })
    return failed.length > 0 ? { stage: 'checks', failed, repeated } : undefined
  }
  return withoutAnswer(probe, endCode)
}

/** A header that may come once and came twice, and the check that it belongs to. */
export type RepeatedHeader = { check: CheckName; header: string }

const ONCE: readonly RepeatedHeader[] = [
  { check: 'accept', header: 'Sec-WebSocket-Accept' },
  { check: 'upgrade', header: 'Upgrade' },
  { check: 'subprotocol', header: 'Sec-WebSocket-Protocol' },
]

/**
 * RFC 6455 §11.3.3 and §11.3.4; Chromium fails the connection over these and over Upgrade (net/websockets,
 * GetSingleHeaderValue and ValidateSubProtocol). Recorders may join the lines by a comma, which no single value has.
 */
function repeatedIn(headers: HeaderList = []): RepeatedHeader[] {
  return ONCE.filter(({ header }) => {
    const lines = headers.filter(([name]) => name.trim().toLowerCase() === header.toLowerCase())
    return lines.flatMap(([, value]) => value.split(',')).length > 1
  })
}

/** 100, 102 and 103 announce an answer that is still to come (RFC 9110 §15.2). */
const isInterim = (status: number): boolean => status >= 100 && status < 200 && status !== 101

/** Over HTTP/2 and 3 a WebSocket opens with 200 to an extended CONNECT (RFC 8441 §5); only then do frames follow. */
export function isExtendedConnect({ http, checks, frames }: ProbeEvidence): boolean {
  const isMultiplexed = /^(HTTP\/)?[23]/i.test(http?.version ?? '')
  return http?.status === 200 && isMultiplexed && checks !== undefined && frames !== undefined
}

function withoutAnswer(probe: ProbeEvidence, code: string): ProbeFailure | undefined {
  const { dns, tcp, tls, http, end } = probe
  if (!end && !http) return undefined
  const ms = end?.ms ?? 0
  if (http?.not_http) return { stage: 'handshake', how: 'not-http', code, ms }
  if (end?.kind === 'error' && !tcp && !tls && /^E(NOTFOUND|AI_)/.test(code)) return { stage: 'dns', code }
  if (end?.kind === 'error' && dns && !tcp) return { stage: 'tcp', outcome: outcomeOfErrno(code), code }
  if (end?.kind === 'fin') return { stage: 'handshake', how: 'closed', code, ms }
  if (end?.kind === 'rst' || code === 'ECONNRESET') return { stage: 'handshake', how: 'reset', code, ms }
  if (end?.kind === 'no_answer' || end?.kind === 'open')
    return { stage: 'handshake', how: 'silence', code, ms }
  return end ? { stage: 'handshake', how: 'error', code, ms } : undefined
}

function outcomeOfErrno(code: string): 'refused' | 'unreachable' | 'timeout' | 'error' {
  if (code === 'ECONNREFUSED') return 'refused'
  if (/^E(HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN|ACCES|PERM|ADDRNOTAVAIL)$/.test(code)) return 'unreachable'
  return code === 'ETIMEDOUT' ? 'timeout' : 'error'
}

function endOf(probe: ProbeEvidence): ProbeEnd | undefined {
  const end = probe.end
  if (!end) return undefined
  const ms = end.ms ?? 0
  if (end.kind === 'close_frame') {
    return {
      kind: 'close',
      ms,
      // An empty close frame carries no code; the API reports 1005 for it (RFC 6455 §7.1.5).
      code: typeof end.code === 'number' ? end.code : 1005,
      reason: end.reason ?? '',
      tcp: end.then ?? '',
      by: end.by === 'probe' ? 'probe' : 'peer',
    }
  }
  const code = end.code === undefined ? '' : String(end.code)
  if (end.kind === 'fin') return { kind: 'fin', ms, code }
  if (end.kind === 'rst' || code === 'ECONNRESET') return { kind: 'rst', ms, code }
  if (end.kind === 'open' || end.kind === 'no_answer') {
    return { kind: 'open', ms, code, isCutShort: end.stopped !== undefined }
  }
  return end.kind === 'http_response' ? undefined : { kind: 'error', ms, code }
}

/** A handshake costs two or three round trips; two seconds are beyond any network’s. */
export const SLOW_HANDSHAKE_MS = 2000

/** From the end of TCP's handshake to the answer, in ms; what was not seen counts as the probe's begin. */
export function handshakeMs(probe: ProbeView | undefined): number {
  return (probe?.answeredMs ?? 0) - (probe?.connectedMs ?? 0)
}

/** The peer answered the probe's first ping, and at the end neither a ping nor the Close frame. */
export function wentSilent(probe: ProbeView | undefined): Because | undefined {
  const { ping, last_ping: lastPing, close } = probe?.evidence ?? {}
  const answeredFirst = typeof ping?.rtt_ms === 'number'
  return answeredFirst && lastPing?.rtt_ms === null && close?.answer === null
    ? say(
        'A ping was answered at first; at the end neither a ping nor the Close frame was',
        'probe.last_ping',
      )
    : undefined
}
