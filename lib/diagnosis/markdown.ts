/**
 * A report as Markdown, to paste into an issue: alone, or as it is kept, with the path and what changed since the one
 * before. It says what the page says, in the same order.
 */
import type { Comparison } from '#lib/diagnosis/compare/compare.ts'
import { excludedOf } from '#lib/diagnosis/excluded.ts'
import { nextTitle } from '#lib/diagnosis/next/words.ts'
import { pathOf } from '#lib/diagnosis/path.ts'
import { type Report, type Verdict, writtenOf } from '#lib/diagnosis/report.ts'
import { stationNames, stationStates } from '#lib/diagnosis/stations.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { unseenOf } from '#lib/diagnosis/unseen.ts'
import { outcomeOfRetry } from '#lib/evidence/probe-outcome.ts'
import { resultWords, variationWords } from '#lib/evidence/retry-kinds.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { codeBlock, codeSpan, inMarkdown } from '#lib/text/markdown.ts'
import { applyingOf } from '#lib/text/stack-names.ts'

export function reportToMarkdown(report: Report): string {
  return `${[...answerParts(report), ...excludedParts(report)].join('\n\n')}\n`
}

/** As one document, with what it is about. */
export function storedToMarkdown({ url, created, report, evidence, previous }: StoredReport): string {
  const when = new Date(created * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  const parts = [
    `# ${url === undefined ? 'Diagnosis of a WebSocket connection' : `Diagnosis of ${inMarkdown(sentence`${url}`)}`}`,
    `${when}, by Why1006`,
    ...answerParts(report),
    ...(previous ? [comparisonToMarkdown(previous)] : []),
    ...pathParts(evidence, report.ending),
    ...retryParts(evidence),
    ...excludedParts(report),
  ]
  return `${parts.join('\n\n')}\n`
}

export function comparisonToMarkdown({ says, changes }: Pick<Comparison, 'says' | 'changes'>): string {
  return ['### Since the last report', inMarkdown(says), ...list(changes.map((change) => change.says))].join(
    '\n\n',
  )
}

const list = (sentences: readonly Sentence[]): string[] =>
  sentences.length === 0 ? [] : [sentences.map((says) => `- ${inMarkdown(says)}`).join('\n')]

const titleOf = (cause: string): string => inMarkdown(sentence`${causeOf(cause)?.title ?? cause}`)

function answerParts(report: Report): string[] {
  const { outcome, verdicts, headline, warnings, failed_checks: failed } = report
  const [first, ...others] = verdicts
  const parts =
    outcome === 'fault' && first !== undefined
      ? faultParts(first, others)
      : [`## ${inMarkdown(headline)}`, ...verdicts.flatMap((verdict) => candidateParts(verdict, report))]
  if (report.next.length > 0) parts.push(`### ${nextTitle(outcome)}`, ...report.next.map(nextParts))
  const notes = [
    ...warnings.map(({ says }) => `- ${inMarkdown(says)}`),
    ...failed.map(({ cause, error }) => `- The check for ${codeSpan(cause)} failed: ${inMarkdown(error)}`),
  ]
  if (notes.length > 0) parts.push('### Worth knowing', notes.join('\n'))
  if (outcome === 'fault' && first !== undefined) parts.push(...fixParts(first))
  return parts
}

function faultParts(verdict: Verdict, others: readonly Verdict[]): string[] {
  const open = others.map(({ cause, certainty }) => `${titleOf(cause)} (${certainty})`)
  return [
    `## ${titleOf(verdict.cause)} (${codeSpan(verdict.cause)}): ${verdict.certainty}`,
    becauseList(verdict),
    ...(open.length > 0 ? [`Not ruled out: ${open.join(', ')}`] : []),
  ]
}

function candidateParts(verdict: Verdict, report: Report): string[] {
  const unseen = unseenOf(report, verdict.cause)
  return [
    `### ${titleOf(verdict.cause)} (${codeSpan(verdict.cause)}): ${verdict.certainty}`,
    becauseList(verdict),
    ...(unseen.length > 0
      ? [`Not seen: ${unseen.map((words) => inMarkdown(sentence`${words}`)).join('; ')}`]
      : []),
    `If so: ${inMarkdown(verdict.fix.summary)}`,
  ]
}

const becauseList = ({ because }: Verdict): string =>
  because.map(({ says, from }) => `- ${inMarkdown(says)} (${codeSpan(from)})`).join('\n')

function fixParts({ fix }: Verdict): string[] {
  const parts = ['### Fix', inMarkdown(fix.summary)]
  for (const change of fix.changes) {
    parts.push(inMarkdown(change.where), codeBlock(writtenOf(change)))
    const applying = applyingOf(change)
    if (applying)
      parts.push(
        `${inMarkdown(applying.says)}${applying.command === undefined ? '.' : `: ${codeSpan(applying.command)}`}`,
      )
  }
  return parts
}

function nextParts({ do: what, command, outcomes }: Report['next'][number], at: number): string {
  const parts = [`${at + 1}. ${inMarkdown(what)}`]
  if (command !== undefined) parts.push(codeBlock(command).replace(/^/gm, '   '))
  const rows = outcomes.filter(({ causes }) => causes.length > 0)
  if (rows.length > 0)
    parts.push(
      rows
        .map(({ shows, causes }) => `   - ${inMarkdown(shows)}: ${causes.map(titleOf).join(' · ')}`)
        .join('\n'),
    )
  return parts.join('\n\n')
}

function pathParts(evidence: Evidence, told: Report['ending']): string[] {
  const stops = pathOf(evidence, null, told)
    .filter(({ state }) => state !== 'waiting')
    .map(({ id, state, says }) => `- ${stationNames[id]}: ${stationStates[state]}, ${inMarkdown(says)}`)
  return stops.length === 0 ? [] : ['### Path', stops.join('\n')]
}

function retryParts({ retries = [] }: Evidence): string[] {
  if (retries.length === 0) return []
  const rows = retries.map((retry) => {
    const [what, result] = [variationWords(retry.vary), resultWords(outcomeOfRetry(retry))]
    return `- ${inMarkdown(sentence`${what}`)}: ${inMarkdown(sentence`${result}`)}`
  })
  return ['### Also tried', rows.join('\n')]
}

function excludedParts(report: Report): string[] {
  const { plausible, rest, because } = excludedOf(report)
  const rows = plausible.map(
    ({ cause, because: [reason] }) =>
      `- ${titleOf(cause)}${reason === undefined ? '' : `: ${inMarkdown(reason.says)}`}`,
  )
  if (rest.length > 0)
    rows.push(`- ${rest.length} others${because === undefined ? '' : `: ${inMarkdown(because)}`}`)
  return rows.length === 0 ? [] : ['### Ruled out', rows.join('\n')]
}
