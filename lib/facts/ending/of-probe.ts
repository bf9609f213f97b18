/** The ending as a raw socket saw it. */

import type { OpenEnd } from '#lib/evidence/probe-outcome.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import { say } from '#lib/facts/because.ts'
import { ENDING_SAYS, type Ending } from '#lib/facts/ending/ending.ts'
import type { ProbeView } from '#lib/facts/probe.ts'
import { foreign, sentence } from '#lib/text/foreign.ts'

const seenBy = 'probe'

export function endingOfProbe(probe: ProbeView | undefined): Ending | undefined {
  if (!probe) return undefined
  const { outcome } = probe
  switch (outcome.stage) {
    case 'unfinished':
      return undefined
    case 'dns':
    case 'tcp':
      return failedIn(outcome.stage, outcome.code)
    case 'tls':
      // A server that takes the connection and never answers TLS is as silent as one that never answers HTTP.
      return outcome.how === 'silence' ? unanswered : failedIn('tls', outcome.code)
    case 'handshake':
      return unanswered
    case 'answer': {
      const { status } = outcome
      const says = sentence`The handshake was answered with HTTP ${status}`
      return { kind: 'answered', status, seenBy, because: [say(says, 'probe.http.status')] }
    }
    case 'checks': {
      const says = sentence`The 101 fails these checks: ${outcome.failed.join(', ')}`
      return { kind: 'refused-101', seenBy, because: [say(says, 'probe.checks')] }
    }
    case 'open':
      return opened(probe, outcome.end)
  }
}

const unanswered: Ending = { kind: 'unanswered', seenBy, because: [say(ENDING_SAYS.unanswered, 'probe.end')] }

function failedIn(stage: 'dns' | 'tcp' | 'tls', code: string): Ending {
  return { kind: stage, seenBy, because: [say(sentence`${ENDING_SAYS[stage]}: ${code}`, `probe.${stage}`)] }
}

function opened({ evidence }: ProbeView, end: OpenEnd): Ending {
  switch (end.kind) {
    case 'unseen':
    case 'left':
      return unwatched
    case 'open':
      return heldOpen(evidence)
    case 'close':
      return end.by === 'probe' ? heldOpen(evidence) : closed(end)
    case 'fin':
    case 'rst':
    case 'error':
      return {
        kind: 'dropped',
        seenBy,
        because: [say(sentence`${ENDING_SAYS.dropped} (${end.kind})`, 'probe.end')],
      }
    case 'violation':
      return { kind: 'violated', seenBy, because: [say(end.violation.says, end.violation.from)] }
  }
}

const unwatched: Ending = { kind: 'opened', seenBy, because: [say(ENDING_SAYS.opened, 'probe.http')] }

/** Watched to the planned end without a fault; without its checks and frames a probe can vouch for nothing. */
function heldOpen({ checks, frames }: ProbeEvidence): Ending {
  return checks === undefined || frames === undefined
    ? unwatched
    : { kind: 'open', seenBy, because: [say(ENDING_SAYS.open, 'probe.end')] }
}

function closed({ code, reason, tcp }: Extract<OpenEnd, { kind: 'close' }>): Ending {
  const end = reason && ` with the reason “${foreign(reason, 160)}”`
  const because = [say(sentence`The probe received close code ${code}${end}`, 'probe.end')]
  return { kind: 'closed', code, reason, clean: tcp !== 'rst', by: 'peer', seenBy, because }
}
