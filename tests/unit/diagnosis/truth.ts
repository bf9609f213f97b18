/** The recorded failures: every case in every view, with every answer that is right for it. */
import { readdirSync, readFileSync } from 'node:fs'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'

export type Expectation = {
  outcome: string
  or_outcomes?: string[]
  causes: string[]
  forbidden_proven: boolean
}

export type TruthCase = { file: string; id: string; view: string; evidence: Evidence; expect: Expectation }

function casesIn(folder: URL): readonly TruthCase[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ file: name, ...JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }))
}

export const truthCases = casesIn(new URL('../../fixtures/truth/', import.meta.url))

const reports = new Map<TruthCase, Report>()

/** Of a case as it was recorded; judged once for all tests of a process. */
export function reportOf(recorded: TruthCase): Report {
  const report = reports.get(recorded) ?? diagnose(parseEvidence(recorded.evidence))
  reports.set(recorded, report)
  return report
}

/** Cases composed from measured facts: other clients, servers and words than in the recordings. */
export const composedCases = casesIn(new URL('../../fixtures/composed/', import.meta.url))

/** What is wrong with a report, in words; empty when it is acceptable. */
export function objections(report: Report, expected: Expectation): string[] {
  const wrong: string[] = []
  const outcomes = [expected.outcome, ...(expected.or_outcomes ?? [])]
  if (!outcomes.includes(report.outcome))
    wrong.push(`the outcome is ${report.outcome}, not ${outcomes.join(' or ')}`)
  const leading = report.verdicts.filter((verdict, at) => at === 0 || verdict.certainty !== 'possible')
  const named = report.outcome === 'fault' ? leading.slice(0, 1) : leading
  for (const { cause } of named) if (!expected.causes.includes(cause)) wrong.push(`${cause} is not the cause`)
  if (report.outcome !== 'healthy' && report.verdicts.length === 0) wrong.push('no cause is named')
  for (const { cause, certainty } of report.verdicts) {
    if (certainty === 'proven' && !expected.causes.includes(cause)) wrong.push(`${cause} is not proven`)
  }
  for (const { cause, error } of report.failed_checks) wrong.push(`${cause} threw: ${error}`)
  return wrong
}
