/** A report as text for a terminal: the answer first, then the proof, then the fix. */
import type { Report, Verdict } from '#lib/diagnosis/report.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'

export interface TextStyle {
  /** ANSI colours; false for pipes and files. */
  colour: boolean
}

const ESCAPES = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33', cyan: '36' } as const
type Paint = (name: keyof typeof ESCAPES, text: string) => string

const painter =
  ({ colour }: TextStyle): Paint =>
  (name, text) =>
    colour ? `\u001b[${ESCAPES[name]}m${text}\u001b[0m` : text

/** Causes that were ruled out are named, not explained: their proof is in the JSON. */
export function describeReport(report: Report, style: TextStyle): string {
  const paint = painter(style)
  const parts = [
    headline(report, paint),
    ...report.verdicts.map((verdict) => describeVerdict(verdict, report.outcome === 'undetermined', paint)),
    missing(report, paint),
    warnings(report, paint),
    ...report.failed_checks.map(({ cause, error }) => `The check for ${cause} failed: ${error}`),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function headline({ outcome, verdicts, ruled_out: ruledOut }: Report, paint: Paint): string {
  const excluded = ruledOut.length === 0 ? '' : paint('dim', ` (${ruledOut.length} causes ruled out)`)
  if (outcome === 'healthy')
    return `${paint('green', 'Healthy')}: nothing is wrong with what was seen.${excluded}`
  if (outcome === 'undetermined') {
    return verdicts.length === 0
      ? `${paint('yellow', 'Undetermined')}: what was seen names no cause.${excluded}`
      : `${paint('yellow', 'Undetermined')}: ${verdicts.length === 1 ? 'one cause fits' : `${verdicts.length} causes fit`} what was seen.${excluded}`
  }
  const [first] = verdicts
  return `${paint('red', 'Fault')}: ${titleOf(first?.cause ?? '')}.${excluded}`
}

const titleOf = (id: string): string => causeOf(id)?.title ?? id

function describeVerdict({ cause, certainty, because, fix }: Verdict, named: boolean, paint: Paint): string {
  const rows = [
    `${paint('bold', named ? titleOf(cause) : cause)}${named ? paint('dim', ` ${cause}`) : ''}, ${certainty}`,
    ...because.map(({ says, from }) => `  • ${says} ${paint('dim', `[${from}]`)}`),
    `  ${paint('cyan', 'Fix')}  ${fix.summary}`,
    ...fix.changes.flatMap(({ where, text }) => [
      paint('dim', `       ${where}:`),
      ...text.split('\n').map((line) => `         ${line}`),
    ]),
  ]
  return rows.join('\n')
}

function missing({ missing: observations }: Report, paint: Paint): string {
  if (observations.length === 0) return ''
  const rows = observations.slice(0, 5).map(({ observation, would_settle: causes }) => {
    const shown = causes.slice(0, 4).join(', ') + (causes.length > 4 ? `, and ${causes.length - 4} more` : '')
    return `  ${observation} ${paint('dim', `→ ${shown}`)}`
  })
  return `${paint('bold', 'To be sure, look at')}\n${rows.join('\n')}`
}

function warnings({ warnings: all }: Report, paint: Paint): string {
  return all.map(({ says }) => `${paint('yellow', 'Warning')}: ${says}`).join('\n')
}
