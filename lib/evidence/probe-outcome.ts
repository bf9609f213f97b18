/**
 * How far an attempt of the probe came and how it ended: derived here once, from what the probe noted of each
 * stage. Whoever judges, draws, compares or retries an attempt switches over this and never over the raw stages.
 */
import { type FailedChecks, failedChecks } from '#lib/evidence/handshake-checks.ts'
import type { ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'
import { type Violation, violationOf } from '#lib/evidence/violation.ts'

/** `closed`: by FIN; `reset`: by RST; `silence`: nothing came within the stage's time. */
type HangUp = 'silence' | 'closed' | 'reset' | 'error'

/** `code` is the code of an error as Node names it, empty where none was noted. */
export type ProbeFailure =
  | { stage: 'dns'; code: string }
  | { stage: 'tcp'; how: 'refused' | 'unreachable' | 'timeout' | 'error'; code: string }
  | { stage: 'tls'; how: HangUp; code: string; message: string }
  /** The request was sent, and no HTTP answer came. */
  | { stage: 'handshake'; how: HangUp | 'not-http'; code: string }
  | { stage: 'answer'; status: number }
  /** A 101 that a browser refuses. */
  | ({ stage: 'checks' } & FailedChecks)

/** How an open connection ended on the wire. */
export type EndOnWire =
  /** Nobody saw how it went on. */
  | { kind: 'unseen' }
  /** Still open when the watch was over. */
  | { kind: 'open' }
  /** The probe let go of it before the watch was over: too much data came. */
  | { kind: 'left' }
  /** `tcp`: what TCP did after the Close frame (fin, rst, open), empty where nobody noted it. */
  | { kind: 'close'; code: number; reason: string; tcp: string; by: 'peer' | 'probe' }
  | { kind: 'fin' | 'rst' }
  | { kind: 'error'; code: string }

export type OpenEnd =
  | EndOnWire
  /** Bytes broke the protocol, over which a browser ends it; `then` is what the wire did. */
  | { kind: 'violation'; violation: Violation; then: EndOnWire }

export type ProbeOutcome = {
  /** From the attempt's begin to its end; undefined where that was not noted. */
  ms: number | undefined
} & (
  | ProbeFailure
  | { stage: 'open'; end: OpenEnd }
  /** Still under way, interrupted, or noted in too small a part to tell. */
  | { stage: 'unfinished' }
)

export function outcomeOfProbe(probe: ProbeEvidence): ProbeOutcome {
  return { ms: probe.end?.ms, ...(failureOf(probe) ?? beyondFailure(probe)) }
}

/** `unmade`: the retry itself was refused, or its turn did not come, and `says` why. */
export type RetryOutcome = ProbeOutcome | { stage: 'unmade'; says: string; ms: undefined }

export function outcomeOfRetry({
  status,
  failed,
  checks,
  frames,
  end,
  ...retry
}: RetryEvidence): RetryOutcome {
  if (retry.out_of_time) return { stage: 'unmade', says: 'the time for retries was over', ms: undefined }
  if (retry.refused !== undefined) return { stage: 'unmade', says: retry.refused, ms: undefined }
  const { stage, code } = failed ?? {}
  const failure = { outcome: code === 'timeout' ? 'timeout' : 'error', code }
  const isAnswered = status !== undefined || retry.not_http !== undefined
  return outcomeOfProbe({
    ...(stage === 'dns' && { dns: failure }),
    ...(stage === 'tcp' && { tcp: { ...failure, outcome: tcpOutcomeOf(code ?? '') } }),
    ...(stage === 'tls' && { tls: failure }),
    ...(isAnswered && { http: { status, headers: retry.headers, not_http: retry.not_http !== undefined } }),
    checks,
    frames,
    end,
  })
}

/** What the wire did, whatever broke the protocol before. */
export const endOnWire = (end: OpenEnd): EndOnWire => (end.kind === 'violation' ? end.then : end)

/** The peer ended it, or made a client end it; false where it held for as long as it was watched. */
export function isLost(end: OpenEnd): boolean {
  switch (end.kind) {
    case 'unseen':
    case 'open':
    case 'left':
      return false
    case 'close':
      return end.by === 'peer'
    case 'fin':
    case 'rst':
    case 'error':
    case 'violation':
      return true
  }
}

/** A server that ends a connection sooner than this after the 101 has waited for nothing. */
export const AT_ONCE_MS = 250

/** Servers that look at their connections at intervals end one of them up to twice as late as another. */
export const latestAge = (lastedMs: number): number => (lastedMs < AT_ONCE_MS ? lastedMs : lastedMs * 2)

/**
 * Whether a retry shows something of how the first attempt ended: where that was open and lost, only one that was held
 * for longer has met the same moment. Without times nobody can tell that it was not.
 *
 * @param lastedMs how long the first one was open
 */
export function outlives(retry: RetryOutcome, first: ProbeOutcome, lastedMs: number): boolean {
  if (first.stage !== 'open' || !isLost(first.end)) return true
  if (retry.ms === undefined || first.ms === undefined) return true
  return retry.ms > first.ms - lastedMs + latestAge(lastedMs)
}

/** A peer that takes the connection and never answers, be it in TLS or in HTTP. */
export const isSilence = (outcome: ProbeOutcome | ProbeFailure | undefined): boolean =>
  (outcome?.stage === 'tls' || outcome?.stage === 'handshake') && outcome.how === 'silence'

/** A server that ends the connection sooner than this after the 101 owes the probe's ping no answer. */
const PONG_PATIENCE_MS = 1000

/** Whether the pong that a probe did not get should have been there before the connection ended. */
export function isPongDue(probe: ProbeEvidence): boolean {
  const outcome = outcomeOfProbe(probe)
  if (outcome.stage !== 'open' || !isLost(outcome.end) || outcome.ms === undefined) return true
  return outcome.ms - (probe.http?.ms ?? 0) >= PONG_PATIENCE_MS
}

function beyondFailure(probe: ProbeEvidence): { stage: 'open'; end: OpenEnd } | { stage: 'unfinished' } {
  if (probe.http?.status !== 101 && !isExtendedConnect(probe)) return { stage: 'unfinished' }
  const then = ended(probe.end)
  const violation = violationOf(probe)
  return { stage: 'open', end: violation ? { kind: 'violation', violation, then } : then }
}

/** Undefined when the connection opened, or when nothing tells how it went on. */
function failureOf(probe: ProbeEvidence): ProbeFailure | undefined {
  const { dns, tcp, tls, http, end } = probe
  const endCode = codeOf(end)
  if (dns && dns.outcome !== 'ok') return { stage: 'dns', code: dns.code ?? endCode }
  if (tcp && tcp.outcome !== 'connected' && tcp.outcome !== 'ok') {
    const code = tcp.code ?? endCode
    return {
      stage: 'tcp',
      how: TCP_OUTCOMES.find((known) => known === tcp.outcome) ?? tcpOutcomeOf(code),
      code,
    }
  }
  if (tls && tls.outcome !== 'ok') {
    const code = tls.code ?? endCode
    // What failed with an error of its own was not silent, whatever followed.
    const how = tls.outcome === 'timeout' ? 'silence' : (hungUp(end, code) ?? 'error')
    return { stage: 'tls', how, code, message: tls.message ?? '' }
  }
  if (http?.status !== undefined && !isInterim(http.status)) {
    if (http.status !== 101 && !isExtendedConnect(probe)) return { stage: 'answer', status: http.status }
    const checks = failedChecks(probe)
    return checks.failed.length > 0 ? { stage: 'checks', ...checks } : undefined
  }
  return withoutAnswer(probe, endCode)
}

const TCP_OUTCOMES = ['refused', 'unreachable', 'timeout'] as const

/** 100, 102 and 103 announce an answer that is still to come (RFC 9110 §15.2). */
const isInterim = (status: number): boolean => status >= 100 && status < 200 && status !== 101

/** Over HTTP/2 and 3 a WebSocket opens with 200 to an extended CONNECT (RFC 8441 §5); only then do frames follow. */
function isExtendedConnect({ http, checks, frames }: ProbeEvidence): boolean {
  const isMultiplexed = /^(HTTP\/)?[23]/i.test(http?.version ?? '')
  return http?.status === 200 && isMultiplexed && checks !== undefined && frames !== undefined
}

function withoutAnswer({ dns, tcp, tls, http, end }: ProbeEvidence, code: string): ProbeFailure | undefined {
  if (http?.not_http) return { stage: 'handshake', how: 'not-http', code }
  if (!end) return undefined
  if (end.kind === 'error' && !tcp && !tls && /^E(NOTFOUND|AI_)/.test(code)) return { stage: 'dns', code }
  if (end.kind === 'error' && dns && !tcp) return { stage: 'tcp', how: tcpOutcomeOf(code), code }
  const isSilent = end.kind === 'no_answer' || end.kind === 'open'
  return { stage: 'handshake', how: hungUp(end, code) ?? (isSilent ? 'silence' : 'error'), code }
}

function hungUp(end: ProbeEvidence['end'], code: string): 'closed' | 'reset' | undefined {
  if (end?.kind === 'fin') return 'closed'
  return end?.kind === 'rst' || code === 'ECONNRESET' ? 'reset' : undefined
}

/** What an error of connecting means. EADDRNOTAVAIL: this machine has no address of that family to connect from. */
export function tcpOutcomeOf(code: string): (typeof TCP_OUTCOMES)[number] | 'error' {
  if (code === 'ECONNREFUSED') return 'refused'
  if (/^E(HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN|ACCES|PERM|ADDRNOTAVAIL)$/.test(code)) return 'unreachable'
  return code === 'ETIMEDOUT' || code === 'timeout' ? 'timeout' : 'error'
}

function ended(end: ProbeEvidence['end']): EndOnWire {
  const code = codeOf(end)
  switch (end?.kind) {
    case undefined:
    case 'http_response':
      return { kind: 'unseen' }
    case 'close_frame':
      return {
        kind: 'close',
        // An empty Close frame carries no code; the API reports 1005 for it (RFC 6455 §7.1.5).
        code: typeof end.code === 'number' ? end.code : 1005,
        reason: end.reason ?? '',
        tcp: end.then ?? '',
        by: end.by === 'probe' ? 'probe' : 'peer',
      }
    case 'open':
    case 'no_answer':
      return { kind: end.stopped === undefined ? 'open' : 'left' }
    case 'fin':
    case 'rst':
      return { kind: end.kind }
    default:
      return code === 'ECONNRESET' ? { kind: 'rst' } : { kind: 'error', code }
  }
}

const codeOf = (end: ProbeEvidence['end']): string => (end?.code === undefined ? '' : String(end.code))
