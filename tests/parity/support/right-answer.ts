/** Compares a report with what is right for its set-up. */
import { recognize } from '#lib/applications/recognize.ts'
import { signsOf } from '#lib/applications/signs.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { Expectation } from '#tests/parity/support/set-up.ts'

/** What is wrong with a report, or undefined. */
export function mistake(report: Report, { outcomes, causes }: Expectation): string | undefined {
  const proven = report.verdicts.filter(({ certainty }) => certainty === 'proven')
  const wrong = proven.find(({ cause }) => !causes.includes(cause))
  if (wrong) return `“${wrong.cause}” is called proven`
  if (!outcomes.includes(report.outcome))
    return `the outcome is ${report.outcome}, not ${outcomes.join(' or ')}`
  if (report.failed_checks.length > 0) return `checks failed: ${JSON.stringify(report.failed_checks)}`
  const first = report.verdicts[0]?.cause
  if (report.outcome === 'fault' && !causes.includes(first ?? ''))
    return `the cause is ${first}, not ${causes.join(' or ')}`
  const likely = report.verdicts.filter(({ certainty }) => certainty !== 'possible').map(({ cause }) => cause)
  const stray = likely.find((cause) => !causes.includes(cause))
  if (stray !== undefined) return `“${stray}” is called likely`
  if (report.outcome === 'undetermined' && !report.verdicts.some(({ cause }) => causes.includes(cause))) {
    return `none of ${causes.join(', ')} is among the verdicts`
  }
  return undefined
}

/** What is wrong with what a report says, or undefined. */
export function misstatement(
  report: Report,
  evidence: Evidence,
  { application, says = [], never = [] }: Expectation,
): string | undefined {
  const recognized = recognize(signsOf(evidence))?.application.id ?? null
  if (application !== undefined && recognized !== application)
    return `${recognized} is recognised, not ${application}`
  const said = JSON.stringify(report.outcome === 'healthy' ? report.warnings : report.verdicts[0])
  const missing = says.find((pattern) => !pattern.test(said))
  if (missing) return `nothing says ${missing}: ${said}`
  const stray = never.find((pattern) => pattern.test(JSON.stringify(report)))
  return stray && `it says ${stray}`
}

/** The outcome and its causes in one line, for a failed assertion. */
export const short = ({ outcome, verdicts }: Report): string =>
  `${outcome}: ${verdicts.map(({ cause, certainty }) => `${cause} (${certainty})`).join(', ') || 'nothing'}`
