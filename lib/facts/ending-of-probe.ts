/** The ending as a raw socket saw it, and the ending as the backend saw it. */

import { type BackendView, serverPath } from '#lib/facts/backend.ts'
import { say } from '#lib/facts/because.ts'
import { ENDING_SAYS, type Ending } from '#lib/facts/ending.ts'
import type { ProbeEnd, ProbeView } from '#lib/facts/probe.ts'
import { violationOf } from '#lib/facts/violation.ts'

export function endingOfProbe(probe: ProbeView | undefined): Ending | undefined {
  if (!probe) return undefined
  const seenBy = 'probe'
  const { failure, end } = probe
  if (failure) {
    switch (failure.stage) {
      case 'dns':
      case 'tcp':
      case 'tls':
        return {
          kind: failure.stage,
          seenBy,
          because: [say(`${ENDING_SAYS[failure.stage]}: ${failure.code}`, `probe.${failure.stage}`)],
        }
      case 'handshake':
        return { kind: 'unanswered', seenBy, because: [say(ENDING_SAYS.unanswered, 'probe.end')] }
      case 'answer':
        return {
          kind: 'answered',
          status: failure.status,
          seenBy,
          because: [say(`The handshake was answered with HTTP ${failure.status}`, 'probe.http.status')],
        }
      case 'checks':
        return {
          kind: 'refused-101',
          seenBy,
          because: [say(`The 101 fails these checks: ${failure.failed.join(', ')}`, 'probe.checks')],
        }
    }
  }
  if (!probe.opened) return undefined
  const violation = violationOf(probe)
  if (violation) return { kind: 'violated', seenBy, because: [violation] }
  return openedEnd(probe, end)
}

function openedEnd(probe: ProbeView, end: ProbeView['end']): Ending {
  const seenBy = 'probe'
  const { checks, frames } = probe.evidence
  // Without its checks and frames a probe can vouch for nothing.
  const complete = checks !== undefined && frames !== undefined
  const isCutShort = end?.kind === 'open' && end.isCutShort
  if (!end || isCutShort || (!complete && isQuiet(end))) {
    return { kind: 'opened', seenBy, because: [say(ENDING_SAYS.opened, 'probe.http')] }
  }
  // A probe that ended a connection as planned has watched it to an end without a fault: it stayed open.
  if (isQuiet(end)) return { kind: 'open', seenBy, because: [say(ENDING_SAYS.open, 'probe.end')] }
  if (end.kind !== 'close') {
    return { kind: 'dropped', seenBy, because: [say(`${ENDING_SAYS.dropped} (${end.kind})`, 'probe.end')] }
  }
  const { code, reason, tcp } = end
  const because = [say(`The probe received close code ${code}`, 'probe.end')]
  return { kind: 'closed', code, reason, clean: tcp !== 'rst', by: 'peer', seenBy, because }
}

const isQuiet = (end: ProbeEnd): boolean =>
  end.kind === 'open' || (end.kind === 'close' && end.by === 'probe')

/** Used where neither page nor probe says how it ended. */
export function endingOfServer(backend: BackendView): Ending | undefined {
  if (!backend.arrived) return undefined
  const seenBy = 'server'
  const { clientClose, close, refusal } = backend
  if (refusal && backend.upgradedMs === undefined) {
    const because = [say(refusalSays(refusal.status), serverPath(refusal.at))]
    if (refusal.status === undefined) return { kind: 'unopened', seenBy, because }
    return { kind: 'answered', status: refusal.status, seenBy, because }
  }
  if (backend.upgradedMs === undefined) {
    return backend.request
      ? { kind: 'pending', seenBy, because: [say('A request arrived', 'server')] }
      : undefined
  }
  const received = clientClose ?? (close && close.code !== 1006 ? close : undefined)
  if (received) {
    const { code, reason, at } = received
    const sent = received === close && close.sent
    const because = [say(`The backend ${sent ? 'sent' : 'received'} close code ${code}`, serverPath(at))]
    // 1002, 1003, 1007 and 1009 from a client: it refuses what the server sent.
    if (!sent && [1002, 1007].includes(code)) return { kind: 'violated', seenBy, because }
    return { kind: 'closed', code, reason, clean: true, by: sent ? 'peer' : 'page', seenBy, because }
  }
  const end = backend.ends[0]
  const at = end?.at ?? backend.pongMissed?.at ?? backend.exit?.at
  if (at === undefined) return { kind: 'opened', seenBy, because: [say(ENDING_SAYS.opened, 'server')] }
  return { kind: 'dropped', seenBy, because: [say(ENDING_SAYS.dropped, serverPath(at))] }
}

const refusalSays = (status: number | undefined): string =>
  status === undefined ? 'The backend refused the handshake' : `The backend answered HTTP ${status}`
