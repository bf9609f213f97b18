/** Weighs the causes by which a browser refuses before it makes a connection. */

import type { Facts } from '#lib/facts/facts.ts'
import { pageEventPath } from '#lib/facts/page.ts'
import { whyNotOpened } from '#lib/facts/told.ts'
import { type Finding, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { connectFinding } from '#lib/playbook/weighing/connect-finding.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/** As `connectFinding`, but an exception or a policy's own event excludes it: those name their reason. */
export function blockedFinding(facts: Facts, meaning: Meaning): Finding {
  const { page, ending } = facts
  if (page.exception) {
    return ruledOut(say('The constructor threw', pageEventPath(page, page.exception.at)))
  }
  if (page.csp) return ruledOut(say('A policy blocked it', pageEventPath(page, page.csp.at)))
  const told = whyNotOpened(facts.told) !== undefined
  if (ending.kind === 'blocked' && !told) return ruledOut(...ending.because)
  // That the probe got through says nothing of what a browser refuses.
  const finding = connectFinding({ ...facts, probe: undefined }, meaning)
  return weighed(finding, 0.2)
}
