/**
 * The judge: all causes over one evidence document.
 *
 * Pure, and total: whatever the evidence, a report comes out. First every cause says what speaks for it, then each
 * is weighed against all of that. A cause is ruled out by how the connection ended, or by its own test. What remains is ordered by certainty; one clearly ahead is a fault, several level are
 * undetermined.
 */

import type { Fault } from '#lib/applications/application.ts'
import { configurationWarnings, hasUnknownEnd, withConfiguration } from '#lib/diagnosis/configuration.ts'
import { headlineOf } from '#lib/diagnosis/headline.ts'
import { type Hearing, hear } from '#lib/diagnosis/hearing.ts'
import { missingOf } from '#lib/diagnosis/missing.ts'
import { longerLook, nextExperiments, type Open } from '#lib/diagnosis/next/choose.ts'
import { phraseFix } from '#lib/diagnosis/phrase-fix.ts'
import type { Outcome, Report } from '#lib/diagnosis/report.ts'
import { type Candidate, ranked, type Standing, settled } from '#lib/diagnosis/standing.ts'
import { warningsOf } from '#lib/diagnosis/warnings.ts'
import { courseOf } from '#lib/evidence/course.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { type ApplicationView, habitOf, toldOf } from '#lib/facts/application.ts'
import { isFine } from '#lib/facts/ending/settle.ts'
import { type Facts, readFacts } from '#lib/facts/facts.ts'
import { catalogue } from '#lib/playbook/catalogue.ts'
import type { Because, Cause, Certainty } from '#lib/playbook/cause.ts'
import { siteOf } from '#lib/playbook/weighing/advice.ts'
import { arranged } from '#lib/playbook/weighing/arrange.ts'
import { inOwnConfiguration } from '#lib/playbook/weighing/own-configuration.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'

/** @param causes the catalogue, unless a test brings its own */
export function diagnose(evidence: Evidence, causes: readonly Cause[] = catalogue): Report {
  const facts = readFacts(evidence)
  const hearing = hear(facts, causes)
  // A line that speaks of a failure, and that nobody understood, may be its cause.
  const fine = isFine(facts.ending) && !evidence.unread?.length
  // What ended well needs no explanation: a mere possibility is no illness.
  const ill = !fine || hearing.candidates.some(({ finding }) => finding.is !== 'possible')
  const isAlone = isTimerAlone(facts, hearing)
  const standing = settled(ranked(ill ? hearing.candidates : []), hearing.failed.length > 0 || isAlone)
  const outcome = isAlone ? 'undetermined' : outcomeOf(fine, standing.leading)
  const healthy = outcome === 'healthy'
  const open = healthy ? [] : standing.candidates
  const verdicts = open.map(({ cause, finding }, at) => ({
    cause: cause.id,
    certainty: finding.is,
    because: withConfiguration(cause, finding, facts),
    fix: at === 0 ? fixOf(cause, finding.because, facts) : besideFix(cause, finding, facts),
  }))
  const told = verdicts.flatMap(({ because }) => because)
  const { watchedMs } = courseOf(evidence)
  return {
    outcome,
    headline: headlineOf(outcome, open, facts.ending, watchedMs),
    ...(watchedMs !== undefined && { watched_ms: Math.round(watchedMs) }),
    ...toldEnding(facts),
    verdicts,
    ruled_out: [
      ...hearing.ruledOut.map(({ cause, because }) => ({
        cause: cause.id,
        because,
        ...(isOwnReason(because, facts) && { plausible: true }),
      })),
      ...standing.excluded.map(({ cause, because }) => ({ cause: cause.id, because, plausible: true })),
    ],
    missing: healthy ? [] : missingOf(evidence, open, hearing.unknown),
    next: healthy ? longerLook(facts, watchedMs) : nextExperiments(facts, inQuestion(standing, hearing)),
    warnings: [...warningsOf(facts, outcome), ...configurationWarnings(facts, told)],
    failed_checks: hearing.failed,
  }
}

/** What the path is drawn from where nobody probed. */
function toldEnding({ ending, evidence: { probe, proxy } }: Facts): Pick<Report, 'ending'> {
  if (probe !== undefined || ending.kind === 'unseen') return {}
  const shown = [proxy?.access_log, proxy?.error_log, proxy?.config].some((each) => each?.length)
  return {
    ending: {
      kind: ending.kind,
      ...(ending.kind === 'answered' && { status: ending.status }),
      ...(ending.kind === 'closed' && { code: ending.code }),
      ...(shown && proxy?.kind !== undefined && { through: sentence`${proxy.kind}` }),
    },
  }
}

/** More than how the connection ended and what its address is, which exclude most of the catalogue. */
const isOwnReason = (because: readonly Because[], { ending }: Facts): boolean =>
  because.some(
    ({ says, from }) => from !== 'target.url' && !ending.because.some((known) => known.says === says),
  )

/** A timer that is set is no failure: that nothing else is known does not make it likelier. */
const isTimerAlone = ({ ending }: Facts, { candidates }: Hearing): boolean =>
  hasUnknownEnd(ending) &&
  candidates.length > 0 &&
  candidates.every(
    ({ cause, finding }) =>
      cause.stage === 'lost' && finding.because.every(({ from }) => from.startsWith('proxy.config')),
  )

const WEIGHT = { proven: 4, likely: 4, possible: 1 } satisfies Record<Certainty, number>
/** What the evidence does not speak of counts only where little else is open. */
const UNHEARD = 0.1

function inQuestion({ candidates }: Standing, { unknown }: Hearing): Open[] {
  if (candidates[0]?.finding.is === 'proven') return []
  return [
    ...candidates.map(({ cause, finding }) => ({ cause, weight: WEIGHT[finding.is] })),
    ...unknown.map((cause) => ({ cause, weight: UNHEARD })),
  ]
}

function outcomeOf(fine: boolean, leading: readonly Candidate[]): Outcome {
  if (leading.length === 0) return fine ? 'healthy' : 'undetermined'
  return leading.length === 1 ? 'fault' : 'undetermined'
}

/** Nobody looks for another stack in what is only possible, and what the line's own program advises is not for it. */
function besideFix(cause: Cause, { is, because }: Candidate['finding'], facts: Facts): Fix {
  const { summary, changes } = fixOf(cause, is === 'possible' ? [] : because, facts)
  return { summary, changes }
}

/** What the protocol above WebSocket says of this cause is nearer to it than what holds for all. */
function ownFix({ id }: Cause, facts: Facts): Fix | undefined {
  const view = facts.application ?? assumedFor(id, facts)
  return view?.application.fixes?.[id as Fault]?.(siteOf(facts, view))
}

/** Where nothing shows the protocol above: its address alone, or whose words were printed. */
function assumedFor(id: string, { evidence, told }: Facts): ApplicationView | undefined {
  // Who hangs up without a word shows nothing else of itself.
  if (id === 'handshake-closed') return habitOf(evidence)
  // Which versions of it do not fit is in the words themselves.
  return id === 'application-protocol-mismatch' ? undefined : toldOf(evidence, told)
}

// A fix that can't be written must not cost the verdict.
function fixOf(cause: Cause, because: readonly Because[], facts: Facts): Fix {
  try {
    const fix = ownFix(cause, facts) ?? phraseFix(because, facts) ?? cause.fix(facts)
    return arranged(inOwnConfiguration(fix, cause.id, facts), facts)
  } catch {
    return { summary: sentence`${cause.title}`, changes: [] }
  }
}
