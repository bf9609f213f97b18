/** A report taken elsewhere. Secrets are masked in every form. */
import { copyText } from '#components/ui/copy-button.tsx'
import { download } from '#components/ui/download.ts'
import { storedToMarkdown } from '#lib/diagnosis/markdown.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { visibleLines } from '#lib/text/foreign.ts'

export const copyMarkdown = (stored: StoredReport): Promise<void> =>
  copyText(storedToMarkdown(stored), 'Report')

export const copyLink = ({ id }: StoredReport): Promise<void> =>
  copyText(`${location.origin}/reports/${id}`, 'Link')

export function downloadJson(stored: StoredReport): void {
  const { previous: _, ...report } = stored
  download(
    `${visibleLines(JSON.stringify(report, null, 2))}\n`,
    `why1006-${stored.id.slice(0, 8)}.json`,
    'application/json',
  )
}
