/** What a kept report is found by: its URL, its answer and the words of whoever saw it, in lower case and bounded. */
import type { Judged } from '#lib/diagnosis/compare/changes.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { excerpt } from '#lib/text/foreign.ts'

/** In characters. 10,000 reports are searched by reading all their words. */
const MOST = 1000
const MOST_LINES = 20

export function searchWords({ report, evidence }: Judged): string {
  const { browser, client, proxy, server, probe } = evidence
  const lines = [
    ...(browser?.console ?? []),
    ...(client?.lines ?? []).map(({ text }) => text),
    ...(proxy?.error_log ?? []),
    ...(proxy?.access_log ?? []),
  ]
  const words = [
    evidence.target?.url ?? '',
    report.headline,
    ...report.verdicts.flatMap(({ cause }) => [cause, causeOf(cause)?.title ?? '']),
    ...(report.verdicts[0]?.because ?? []).map(({ says }) => says),
    ...(probe?.http?.headers ?? []).flatMap(([name, value]) => (/^server$/i.test(name) ? [value] : [])),
    ...(server ?? []).slice(0, MOST_LINES).map(({ reason }) => (typeof reason === 'string' ? reason : '')),
    ...lines.slice(0, MOST_LINES),
  ]
  return words
    .map((each) => excerpt(each, 300))
    .join('\n')
    .slice(0, MOST)
    .toLowerCase()
}
