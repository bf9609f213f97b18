/** A report as Markdown, to paste into an issue: alone, or as it is kept, with what changed since the one before. */
import type { Comparison } from '#lib/diagnosis/compare/compare.ts'
import { nextTitle } from '#lib/diagnosis/next/words.ts'
import { type Report, type Verdict, writtenOf } from '#lib/diagnosis/report.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { sentence } from '#lib/text/foreign.ts'
import { codeBlock, codeSpan, inMarkdown } from '#lib/text/markdown.ts'

export function reportToMarkdown(report: Report): string {
  const parts = [`## ${report.outcome === 'fault' ? 'Fault' : inMarkdown(report.headline)}`]
  for (const [at, verdict] of report.verdicts.entries())
    parts.push(...verdictParts(verdict, at === 0 && report.outcome === 'fault'))
  if (report.next.length > 0) parts.push(`### ${nextTitle(report.outcome)}`, ...report.next.map(nextParts))
  const notes = [
    ...report.warnings.map(({ says }) => `- ${inMarkdown(says)}`),
    ...report.failed_checks.map(
      ({ cause, error }) => `- The check for ${codeSpan(cause)} failed: ${inMarkdown(error)}`,
    ),
  ]
  if (notes.length > 0) parts.push('### Notes', notes.join('\n'))
  return `${parts.join('\n\n')}\n`
}

function nextParts({ do: what, command, outcomes }: Report['next'][number], at: number): string {
  const parts = [`${at + 1}. ${inMarkdown(what)}`]
  if (command !== undefined) parts.push(codeBlock(command).replace(/^/gm, '   '))
  const rows = outcomes.filter(({ causes }) => causes.length > 0)
  if (rows.length > 0)
    parts.push(
      rows
        .map(({ shows, causes }) => `   - ${inMarkdown(shows)}: ${causes.map(codeSpan).join(', ')}`)
        .join('\n'),
    )
  return parts.join('\n\n')
}

function verdictParts({ cause, certainty, because, fix }: Verdict, withFix: boolean): string[] {
  const title = causeOf(cause)?.title ?? cause
  const parts = [
    `### ${inMarkdown(sentence`${title}`)} (${codeSpan(cause)}): ${certainty}`,
    because.map(({ says, from }) => `- ${inMarkdown(says)} (${codeSpan(from)})`).join('\n'),
  ]
  if (!withFix) return parts
  parts.push(`**Fix.** ${inMarkdown(fix.summary)}`)
  for (const change of fix.changes) parts.push(inMarkdown(change.where), codeBlock(writtenOf(change)))
  return parts
}

/** As one document, with what it is about. */
export function storedToMarkdown({ url, created, report, previous }: StoredReport): string {
  const when = new Date(created * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  const parts = [
    `# ${url === undefined ? 'Diagnosis of a WebSocket connection' : `Diagnosis of ${inMarkdown(sentence`${url}`)}`}`,
    `${when}, by Why1006`,
    reportToMarkdown(report).trimEnd(),
  ]
  if (previous) parts.push(comparisonToMarkdown(previous))
  return `${parts.join('\n\n')}\n`
}

export function comparisonToMarkdown({ says, changes }: Pick<Comparison, 'says' | 'changes'>): string {
  const lines = changes.map((change) => `- ${inMarkdown(change.says)}`)
  return [
    '### Since the last report',
    inMarkdown(says),
    ...(lines.length > 0 ? [lines.join('\n')] : []),
  ].join('\n\n')
}
