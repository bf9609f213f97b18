/** Weighs causes that stop a connection before HTTP, by what the console says and what the probe could do. */

import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient, whyNotOpened } from '#lib/facts/told.ts'
import { PAGE_WORKS } from '#lib/intake/comparison.ts'
import {
  type Because,
  type Finding,
  likely,
  possible,
  proven,
  ruledOut,
  say,
  weighed,
} from '#lib/playbook/cause.ts'
import { hopOfHost } from '#lib/playbook/intermediaries/hops.ts'
import { isAtWrongAddress } from '#lib/playbook/weighing/misplaced.ts'
import { isLoopback } from '#lib/protocol/host.ts'
import { sentence } from '#lib/text/foreign.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/** The client’s own words have its own machine for the address: that answers at once, and refuses where nothing listens. */
export function isAtItself({ told }: Facts): boolean {
  const address = toldByClient(told, 'no-connection')?.address
  return address !== undefined && isLoopback(address.replace(/:\d{1,5}$/, ''))
}

/** When the page was told that its socket failed. */
export const failedMs = ({ page }: Facts): number | undefined =>
  page.timed ? (page.close?.ms ?? page.errorMs) : undefined

/** The server says that its page goes on by HTTP requests: what is below HTTP works. */
export function reachedWithout({ told }: Facts): Because | undefined {
  const without = told.server.find(({ means }) => means === 'never-opened')
  return (
    without &&
    say(sentence`The client reached the server without a WebSocket: ${without.detail}`, without.from)
  )
}

const PORTS_OF_PAGES: ReadonlySet<number> = new Set([80, 443])

/** Somebody tells that the rest of the page works, and the socket’s port is one of pages: most likely the same. */
export function pageReaches({ evidence, target }: Facts): boolean {
  const works = evidence.elsewhere?.some(({ what }) => what === PAGE_WORKS) ?? false
  return works && target.url !== undefined && PORTS_OF_PAGES.has(target.port)
}

/** The edge of a platform takes every connection to a name under its domain, with its own certificate. */
export const isAtPlatform = ({ target }: Facts): boolean => hopOfHost(target.host) !== undefined

/** What keeps TCP from coming about. */
const NO_CONNECTION: readonly Meaning[] = ['refused', 'unreachable', 'connect-timeout']

/**
 * Proven when the browser's console says so; ruled out when it says something else, or when the probe's
 * connection came further; else merely possible.
 */
export function connectFinding(facts: Facts, ...meanings: Meaning[]): Finding {
  const told = toldByClient(facts.told, ...meanings)
  if (told) {
    const because = say(told.detail, told.from)
    if (isAtWrongAddress(facts)) return weighed(likely(because), 0.6)
    return told.unsure ? likely(because) : proven(because)
  }
  const vague = toldByClient(facts.told, 'no-connection')
  if (vague && meanings.some((means) => NO_CONNECTION.includes(means))) {
    const finding = possible(say(vague.detail, vague.from))
    return isAtItself(facts) && !meanings.includes('refused') ? weighed(finding, 0.1) : finding
  }
  const other = whyNotOpened(facts.told)
  if (other) return ruledOut(say(other.detail, other.from))
  const { ending } = facts
  const failure = facts.probe?.failure
  if (failure?.stage === 'tcp' && failure.how === 'error' && meanings.some((m) => NO_CONNECTION.includes(m)))
    return possible(...ending.because)
  if (ending.kind !== 'unopened' && ending.kind !== 'pending') return ruledOut(...ending.because)
  // Whoever wrote the line had got the request.
  if (ending.seenBy === 'log') return ruledOut(...ending.because)
  const without = reachedWithout(facts)
  if (without) return ruledOut(without)
  if (facts.backend.arrived) return ruledOut(say('The request reached the backend', 'server'))
  if (facts.probe) return ruledOut(say('The probe met no such obstacle', 'probe'))
  if (pageReaches(facts) || isAtPlatform(facts)) return weighed(possible(...ending.because), 0.1)
  // Script alone: what happens most comes first.
  return weighed(possible(...ending.because), meanings.includes('refused') ? 0.6 : 0.45)
}
