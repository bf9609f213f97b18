import { type OpenEnd, outcomeOfProbe, type ProbeOutcome } from '#lib/evidence/probe-outcome.ts'
import type { Evidence } from '#lib/evidence/schema.ts'

/** What “Ended with” goes on with; undefined where whoever watched ended it as planned. */
export function endingWords(evidence: Evidence): string | undefined {
  const probed = evidence.probe && outcomeOfProbe(evidence.probe)
  if (probed && probed.stage !== 'unfinished') return endOfProbe(probed)
  const close = evidence.browser?.events?.find(({ type }) => type === 'close')
  return close?.code === undefined ? undefined : `close code ${close.code}`
}

function endOfProbe(outcome: Exclude<ProbeOutcome, { stage: 'unfinished' }>): string | undefined {
  switch (outcome.stage) {
    case 'checks':
      return undefined
    case 'dns':
      return errorWords(outcome.code)
    case 'tcp':
      return outcome.how === 'timeout' ? 'no answer' : errorWords(outcome.code)
    case 'tls':
    case 'handshake':
      return outcome.how === 'error' ? errorWords(outcome.code) : HANG_UPS[outcome.how]
    case 'answer':
      return 'an answer over HTTP'
    case 'open':
      return endOfOpen(outcome.end)
  }
}

function endOfOpen(end: OpenEnd): string | undefined {
  switch (end.kind) {
    case 'unseen':
    case 'open':
    case 'left':
      return undefined
    case 'close':
      return end.by === 'probe' ? undefined : `close code ${end.code}`
    case 'fin':
      return HANG_UPS.closed
    case 'rst':
      return HANG_UPS.reset
    case 'error':
      return errorWords(end.code)
    case 'violation':
      return `bytes that break the protocol (${end.violation.short})`
  }
}

const HANG_UPS = {
  silence: 'no answer',
  closed: 'FIN without a close frame',
  reset: 'a reset',
  'not-http': 'bytes that are not HTTP',
}

const errorWords = (code: string): string => `error ${code}`.trimEnd()
