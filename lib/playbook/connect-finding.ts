/** Weighs causes that stop a connection before HTTP, by what the console says and what the probe could do. */
import type { ConsoleMeaning } from '#lib/diagnosis/facts/console.ts'
import type { Facts } from '#lib/diagnosis/facts/facts.ts'
import { type Finding, possible, proven, ruledOut, say } from '#lib/playbook/cause.ts'

/**
 * Proven when the browser's console says so; ruled out when it says something else, or when the probe's
 * connection came further; else merely possible.
 */
export function connectFinding(facts: Facts, ...meanings: ConsoleMeaning[]): Finding {
  const told = facts.console.facts.find((fact) => meanings.includes(fact.means))
  if (told) return proven(say(told.detail, `browser.console[${told.at}]`))
  const other = facts.console.facts.find((fact) => fact.means !== 'frame')
  if (other) return ruledOut(say(other.detail, `browser.console[${other.at}]`))
  const { ending } = facts
  if (ending.kind !== 'unopened' && ending.kind !== 'pending') return ruledOut(...ending.because)
  if (facts.backend.arrived) return ruledOut(say('The request reached the backend', 'server'))
  if (facts.probe) return ruledOut(say('The probe met no such obstacle', 'probe'))
  return possible(...ending.because)
}
