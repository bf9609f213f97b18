/** One sentence a stage, for the progress on stderr and beside the stations of the page. */
import { type OpenEnd, outcomeOfProbe, type ProbeOutcome } from '#lib/evidence/probe-outcome.ts'
import type { StageName } from '#lib/evidence/progress.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`

const STARTING: Record<StageName, string> = {
  url: 'Checking the URL',
  dns: 'Resolving the name',
  tcp: 'Connecting',
  tls: 'Securing',
  http: 'Sending the handshake',
  checks: 'Checking the answer',
  frames: 'Reading frames',
  watch: 'Watching in silence',
  close: 'Closing',
  retry: 'Trying again',
}

/** The end of an attempt in words: `ended by FIN without a close frame after 3 s`. */
export const describeOutcome = (outcome: ProbeOutcome): Sentence =>
  sentence`${endWords(outcome)} after ${seconds(outcome.ms ?? 0)}`

function endWords(outcome: ProbeOutcome): string {
  switch (outcome.stage) {
    case 'unfinished':
      return 'interrupted'
    case 'dns':
      return errorWords(outcome.code)
    case 'tcp':
      return outcome.how === 'timeout' ? HANG_UPS.silence : errorWords(outcome.code)
    case 'tls':
    case 'handshake':
      return outcome.how === 'error' ? errorWords(outcome.code) : HANG_UPS[outcome.how]
    case 'answer':
      return 'refused over HTTP'
    case 'checks':
      return `101 with the wrong ${outcome.failed.map(checkWords).join(', ')}`
    case 'open':
      return openEndWords(outcome.end)
  }
}

const checkWords = (name: string): string => (name === 'interim' ? 'answer before it' : name)

function openEndWords(end: OpenEnd): string {
  switch (end.kind) {
    case 'unseen':
    case 'open':
    case 'left':
      return 'still open'
    case 'close':
      return end.by === 'probe'
        ? 'closed in order'
        : `closed by the server with ${end.code === 1005 ? 'no code' : end.code}${end.reason ? ` “${end.reason}”` : ''}`
    case 'fin':
      return HANG_UPS.closed
    case 'rst':
      return HANG_UPS.reset
    case 'error':
      return errorWords(end.code)
    case 'violation':
      return `broke the protocol (${end.violation.short})`
  }
}

const HANG_UPS = {
  silence: 'no answer',
  closed: 'ended by FIN without a close frame',
  reset: 'reset (RST)',
  'not-http': 'answered with bytes that are not HTTP',
}

const errorWords = (code: string): string => `failed with ${code || 'an unknown error'}`

function describeAddresses(outcome: ProbeOutcome, { tcp }: ProbeEvidence): string {
  if (outcome.stage !== 'tcp') return `connected to ${tcp?.address ?? 'it'}`
  return `${outcome.how}${outcome.code ? ` (${outcome.code})` : ''}`
}

function describeDns(outcome: ProbeOutcome, { dns }: ProbeEvidence): string {
  if (outcome.stage === 'dns') return errorWords(outcome.code)
  return (dns?.addresses ?? []).map((host) => host.address).join(', ')
}

function describeHttp(outcome: ProbeOutcome, { http }: ProbeEvidence): string {
  if (outcome.stage === 'handshake' && outcome.how === 'not-http') return HANG_UPS['not-http']
  if (outcome.stage === 'handshake' || outcome.stage === 'tls') return describeOutcome(outcome)
  return `${http?.status ?? ''} ${http?.status_text ?? ''}`.trim()
}

function describeTls(outcome: ProbeOutcome, { tls }: ProbeEvidence): string {
  if (outcome.stage === 'tls') return errorWords(outcome.code || 'timeout')
  const names = [tls?.protocol, tls?.alpn || undefined].filter((part) => part !== undefined)
  return names.join(', ') + (tls?.unverified ? ` (not verified: ${tls.unverified})` : '')
}

function describeFrames({ frames = [], ping }: ProbeEvidence): string {
  const count = frames.length
  const pong = !ping
    ? ''
    : ping.rtt_ms === null
      ? ', ping not answered'
      : `, ping answered in ${ping.rtt_ms} ms`
  return `${count} frame${count === 1 ? '' : 's'}${pong}`
}

export const describeStage = {
  starting: (stage: StageName, forMs?: number): Sentence =>
    sentence`${STARTING[stage]}${forMs === undefined ? '' : ` for ${seconds(forMs)}`}`,
  ended: (stage: StageName, probe: ProbeEvidence): Sentence => sentence`${endedWords(stage, probe)}`,
}

function endedWords(stage: StageName, probe: ProbeEvidence): string {
  const outcome = outcomeOfProbe(probe)
  switch (stage) {
    case 'dns':
      return describeDns(outcome, probe)
    case 'tcp':
      return describeAddresses(outcome, probe)
    case 'tls':
      return describeTls(outcome, probe)
    case 'http':
      return describeHttp(outcome, probe)
    case 'checks':
      return outcome.stage === 'checks'
        ? `failed: ${outcome.failed.join(', ')}`
        : 'a valid WebSocket handshake'
    case 'frames':
      return describeFrames(probe)
    case 'watch':
      return describeOutcome(outcome)
    case 'close':
      return probe.close?.answer === 'close_frame' ? 'answered' : 'our close frame was not answered with one'
    case 'url':
    case 'retry':
      return ''
  }
}
