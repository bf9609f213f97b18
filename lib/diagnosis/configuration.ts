/** What the check of the proxy's configuration adds to a report: reasons where it names the cause, else a note. */
import type { Warning } from '#lib/diagnosis/report.ts'
import type { OpenFinding } from '#lib/diagnosis/standing.ts'
import { UNOPENED } from '#lib/facts/ending/ending.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { ConfigFinding } from '#lib/facts/settings.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { type Because, type Cause, possible, say, weighed } from '#lib/playbook/cause.ts'
import { configRefused, configSays } from '#lib/playbook/weighing/config-findings.ts'
import { placeIn } from '#lib/playbook/weighing/own-configuration.ts'
import { sentence, sentences } from '#lib/text/foreign.ts'

/** The reasons of a verdict, and what stands in the configuration for it. */
export function withConfiguration(cause: Cause, finding: OpenFinding, facts: Facts): Because[] {
  // A timer that is set explains a loss only where something else says that it struck.
  if (finding.is === 'possible' && cause.stage !== 'handshake') return finding.because
  const told = new Set(finding.because.map(({ says }) => says))
  const more = configSays(facts, cause.id).filter(({ says }) => !told.has(says))
  return [...finding.because, ...more]
}

/**
 * What a configuration alone lets one suspect: with which none can open where nobody saw why none did, and a short timer where
 * nobody saw the end.
 */
export function suspectedBy(facts: Facts, cause: Cause): OpenFinding | undefined {
  const timers = timersSet(facts, cause)
  if (timers.length > 0) return { is: 'possible', because: timers, weight: 0.3 }
  if (facts.ending.kind !== 'unseen' && facts.ending.kind !== 'unopened') return undefined
  const refusal = cause.id === 'proxy-misconfigured' ? configRefused(facts) : undefined
  if (refusal) return { is: 'likely', because: [refusal, ...configSays(facts, cause.id)], weight: 0.9 }
  const errors = facts.settings.findings.filter((finding) => {
    return finding.severity === 'error' && finding.cause === cause.id
  })
  const finding = weighed(possible(...errors.map(({ says, from }) => say(says, from))), 0.7)
  return errors.length > 0 && finding.is === 'possible' ? finding : undefined
}

/** Nobody tells how it ended: at most that it opened. */
export const hasUnknownEnd = ({ kind }: Facts['ending']): boolean => kind === 'unseen' || kind === 'opened'

/** A short timer that a configuration sets, where nothing tells of an end: it may be what somebody looks for. */
function timersSet({ ending, settings }: Facts, { id, stage }: Cause): Because[] {
  if (!hasUnknownEnd(ending) || stage !== 'lost') return []
  return settings.findings
    .filter(({ severity, cause, other }) => severity === 'warning' && cause === id && other !== undefined)
    .map(({ says, from }) => say(says, from))
}

/** @param told what stands in the verdicts already */
export function configurationWarnings(facts: Facts, told: readonly Because[]): Warning[] {
  const { findings, unread } = facts.settings
  const isTold = (finding: ConfigFinding) =>
    told.some(({ says, from }) => says === finding.says && from === finding.from)
  const untold = findings.filter((finding) => !isTold(finding))
  const [refuted] = untold.filter((finding) => isRefuted(finding, facts))
  return [
    ...(refuted ? [otherConfiguration(refuted)] : []),
    ...untold
      .filter((finding) => !isRefuted(finding, facts))
      .map(({ rule, says, from, other }) => ({
        id: other ? rule : `nginx-${rule}`,
        says: sentences(sentence`${other?.name ?? 'nginx'} configuration, ${placeIn(from)}:`, says),
      })),
    ...(unread.length > 0 ? [incomplete(unread)] : []),
  ]
}

/** The configuration says that this handshake fails, and it was seen to get through. */
function isRefuted({ severity, cause }: ConfigFinding, { ending, backend }: Facts): boolean {
  if (severity !== 'error' || cause === null) return false
  const { upgrade, connection } = backend.request ?? {}
  if (cause === 'upgrade-headers-stripped' && upgrade && connection) return true
  const opened = ending.kind !== 'unseen' && !UNOPENED.includes(ending.kind)
  return opened && ['handshake', 'tcp'].includes(causeOf(cause)?.stage ?? '')
}

function otherConfiguration({ from, other }: ConfigFinding): Warning {
  const name = other?.name ?? 'nginx'
  return {
    id: other ? 'configuration-not-in-force' : 'nginx-configuration-not-in-force',
    says: sentence`By the ${name} configuration, ${placeIn(from)}, this handshake fails. It got through, so ${name} runs with another configuration, or it is not on the way.`,
  }
}

const MOST_NAMED = 3

const incomplete = (unread: readonly string[]): Warning => ({
  id: 'nginx-configuration-incomplete',
  says: sentence`The nginx configuration includes ${unread.slice(0, MOST_NAMED).join(', ')}, which was not given. The output of nginx -T holds every file.`,
})
