/** What nobody observed, and which open causes it would settle: for the report, and for whoever reads it. */
import { isObserved, observations, observationWords } from '#lib/diagnosis/observations.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { Candidate } from '#lib/diagnosis/standing.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { Cause } from '#lib/playbook/cause.ts'

/** Causes named for one observation at most; beyond that the list says nothing. */
const MOST_NAMED = 12

export function missingOf(
  evidence: Evidence,
  open: readonly Candidate[],
  unknown: readonly Cause[],
): Report['missing'] {
  if (open[0]?.finding.is === 'proven') return []
  const wanted = [
    ...open.map(({ cause, finding }) => ({
      id: cause.id,
      needs: [...(finding.missing ?? []), ...cause.needs],
    })),
    ...unknown.map((cause) => ({ id: cause.id, needs: cause.needs })),
  ]
  return observations
    .filter((observation) => !isObserved(evidence, observation))
    .map((observation) => ({
      observation,
      would_settle: wanted
        .filter(({ needs }) => needs.includes(observation))
        .map(({ id }) => id)
        .slice(0, MOST_NAMED),
    }))
    .filter(({ would_settle }) => would_settle.length > 0)
    .sort((a, b) => b.would_settle.length - a.would_settle.length)
}

const MOST_OBSERVATIONS = 4
const MOST_CAUSES = 4

/** What a person can go and get, the most telling first, and which causes it would settle; the rest is counted. */
export function missingWords(missing: Report['missing']): { what: string; causes: string[]; more: number }[] {
  return missing.slice(0, MOST_OBSERVATIONS).map(({ observation, would_settle: settles }) => {
    const words = observationWords(observation)
    return {
      what: words.charAt(0).toUpperCase() + words.slice(1),
      causes: settles.slice(0, MOST_CAUSES),
      more: Math.max(0, settles.length - MOST_CAUSES),
    }
  })
}
