/** A kept report as one Markdown document: what it is about, the report, and what changed since the one before. */

import type { Comparison } from '#lib/diagnosis/compare.ts'
import { plain, reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'

export function storedToMarkdown({ url, created, report, previous }: StoredReport): string {
  const when = new Date(created * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  const parts = [
    `# ${url === undefined ? 'Diagnosis of a WebSocket connection' : `Diagnosis of ${plain(url)}`}`,
    `${when}, by Why1006`,
    reportToMarkdown(report).trimEnd(),
  ]
  if (previous) parts.push(comparisonToMarkdown(previous))
  return `${parts.join('\n\n')}\n`
}

export function comparisonToMarkdown({ says, changes }: Pick<Comparison, 'says' | 'changes'>): string {
  const lines = changes.map((change) => `- ${plain(change.says)}`)
  return ['### Since the last report', plain(says), ...(lines.length > 0 ? [lines.join('\n')] : [])].join(
    '\n\n',
  )
}
