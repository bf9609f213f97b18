/** Worth saying, and no part of the outcome. */
import type { Facts } from '#lib/diagnosis/facts/facts.ts'
import type { Outcome, Warning } from '#lib/diagnosis/report.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 14

export function warningsOf(facts: Facts, outcome: Outcome): Warning[] {
  return [
    ...anyOrigin(facts),
    ...certificate(facts),
    ...noHeartbeat(facts, outcome),
    ...proxyLog(facts),
    ...probeDiffers(facts),
  ]
}

function anyOrigin({ retries, target }: Facts): Warning[] {
  const foreign = retries.origin.find(
    ({ vary, opened }) => opened && typeof vary.origin === 'string' && vary.origin !== target.pageOrigin,
  )
  if (!foreign) return []
  const says = `A connection with the foreign origin ${foreign.vary.origin} was accepted: any website may use a visitor's session.`
  return [{ id: 'any-origin-accepted', says }]
}

/** The server's own Date header is the clock: this code has none. */
function certificate({ probe }: Facts): Warning[] {
  const until = Date.parse(probe?.evidence.tls?.valid_to ?? '')
  const date = probe?.evidence.http?.headers?.find(([name]) => name.toLowerCase() === 'date')?.[1]
  const now = Date.parse(date ?? '')
  if (Number.isNaN(until) || Number.isNaN(now)) return []
  const days = Math.floor((until - now) / DAY_MS)
  if (days < 0 || days > SOON_DAYS) return []
  return [{ id: 'certificate-ends-soon', says: `The certificate is valid for ${days} more days.` }]
}

const LONG_MS = 30_000

function noHeartbeat({ probe, ending }: Facts, outcome: Outcome): Warning[] {
  if (outcome !== 'healthy' || ending.kind !== 'open' || !probe?.opened) return []
  if ((probe.end?.ms ?? 0) < LONG_MS || probe.frames.length > 0) return []
  const says = `Nothing arrived in ${Math.round((probe.end?.ms ?? 0) / 1000)} s: without a heartbeat any idle timer on the way will end the connection.`
  return [{ id: 'no-heartbeat-seen', says }]
}

function proxyLog({ proxy }: Facts): Warning[] {
  return proxy.unreadable
    ? [{ id: 'log-not-understood', says: "No line of the proxy's log was understood; it was not used." }]
    : []
}

function probeDiffers({ endings, ending }: Facts): Warning[] {
  const { page, probe } = endings
  if (!page || !probe || page.kind === probe.kind || ending.seenBy !== 'browser') return []
  if (page.kind === 'open' && probe.kind === 'tls') {
    const says =
      'The page connected, and the probe refused the certificate: they trust different authorities.'
    return [{ id: 'probe-distrusts', says }]
  }
  return []
}
