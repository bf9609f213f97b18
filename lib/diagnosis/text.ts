/** A report for a terminal: the answer first, then why, then what to do. Plain text unless `colour` is asked for. */
import type { Comparison } from '#lib/diagnosis/compare/compare.ts'
import { nextTitle } from '#lib/diagnosis/next/words.ts'
import { type Report, type Verdict, writtenOf } from '#lib/diagnosis/report.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'

export type TextOptions = { colour: boolean }

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const
type Paint = (name: keyof typeof CODES, text: string) => string

const MOST_POSSIBLE = 8

export function describeReport(report: Report, { colour }: TextOptions): string {
  const paint = painter(colour)
  const clear = report.verdicts.filter(({ certainty }) => certainty !== 'possible')
  const shown = clear.length > 0 ? clear : report.verdicts.slice(0, MOST_POSSIBLE)
  const lines = [headline(report, paint)]
  const said = new Set<string>()
  for (const verdict of shown)
    lines.push(
      ...(verdict.certainty === 'possible' && verdict !== shown[0] ? [] : ['']),
      ...describeVerdict(verdict, report.outcome === 'fault', said, paint),
    )
  const others = report.verdicts.filter((verdict) => !shown.includes(verdict))
  if (others.length > 0) {
    lines.push('', paint('dim', `Also possible: ${others.map(({ cause }) => cause).join(', ')}`))
  }
  lines.push(...describeNext(report, paint), ...describeNotes(report, paint))
  return `${lines.join('\n')}\n`
}

const painter =
  (colour: boolean): Paint =>
  (name, text) =>
    colour ? `\u001b[${CODES[name]}m${text}\u001b[0m` : text

/** What changed since an earlier report, to stand below the report. */
export function describeComparison({ says, changes }: Comparison, { colour }: TextOptions): string {
  const title = painter(colour)('bold', 'Since the earlier report:')
  const lines = [` ${says}`, ...changes.map((change) => `  - ${change.says}`)]
  return `\n${title}${lines.join('\n')}\n`
}

function headline(report: Report, paint: Paint): string {
  const [first] = report.verdicts
  if (report.outcome === 'healthy') {
    const hold = report.next.find(({ id }) => id === 'hold')?.runs?.hold_seconds
    const more = hold === undefined ? '' : `; --hold ${hold} waits for idle timers`
    return paint('green', `${report.headline}${more}.`)
  }
  if (report.outcome === 'fault' && first) return paint('bold', `${paint('red', 'Fault:')} ${titleOf(first)}`)
  return paint('yellow', `Undetermined. ${report.headline}.`)
}

const titleOf = ({ cause }: Verdict): string => `${causeOf(cause)?.title ?? cause} (${cause})`

/** What an earlier verdict already rests on is not said again. */
function describeVerdict(verdict: Verdict, withFix: boolean, said: Set<string>, paint: Paint): string[] {
  const lines = [`${paint('bold', titleOf(verdict))}: ${verdict.certainty}`]
  const fresh = verdict.because.filter(({ says, from }) => !said.has(says + from))
  for (const { says, from } of fresh) {
    said.add(says + from)
    lines.push(`  - ${says} ${paint('dim', `[${from}]`)}`)
  }
  if (fresh.length === 0 && verdict.certainty !== 'possible') lines.push('  - Same evidence')
  if (!withFix) return lines
  lines.push(`  Fix: ${verdict.fix.summary}`)
  for (const change of verdict.fix.changes) {
    lines.push(
      `    ${paint('dim', change.where)}`,
      ...writtenOf(change)
        .split('\n')
        .map((line) => `      ${line}`),
    )
  }
  return lines
}

function describeNext({ outcome, next }: Report, paint: Paint): string[] {
  // What a healthy connection could still be asked is in its headline.
  if (next.length === 0 || outcome === 'healthy') return []
  const lines = ['', paint('bold', nextTitle(outcome))]
  for (const [at, experiment] of next.entries()) {
    lines.push(`  ${at + 1}. ${experiment.do}`)
    if (experiment.command !== undefined)
      lines.push(...experiment.command.split('\n').map((line) => `       ${line}`))
    for (const { shows, causes } of experiment.outcomes) lines.push(`     - ${shows}: ${causes.join(', ')}`)
  }
  return lines
}

function describeNotes({ warnings, failed_checks }: Report, paint: Paint): string[] {
  const lines = warnings.map(({ says }) => `${paint('yellow', 'Note:')} ${says}`)
  const failed = failed_checks.map(({ cause, error }) => `The check for ${cause} failed: ${error}`)
  return lines.length + failed.length > 0 ? ['', ...lines, ...failed] : []
}
