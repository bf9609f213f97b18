'use client'
import { Button } from '#components/ui/button.tsx'
import { copyText } from '#components/ui/copy-button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { storedToMarkdown } from '#lib/diagnosis/markdown.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'

/** The panel "Report": taking it elsewhere. Secrets are masked in every form. */
export function ReportPanel({ stored }: { stored: StoredReport }) {
  const address = `/reports/${stored.id}`
  return (
    <Panel title="Report" note={new Date(stored.created * 1000).toLocaleTimeString()}>
      <div className="flex flex-wrap gap-2 px-3.5 py-3">
        <Button onClick={() => void copyText(storedToMarkdown(stored), 'Report')}>Copy as Markdown</Button>
        <Button onClick={() => download(stored)}>Download JSON</Button>
        <Button onClick={() => void copyText(`${location.origin}${address}`, 'Link')}>Copy link</Button>
      </div>
    </Panel>
  )
}

function download(stored: StoredReport): void {
  const { previous: _, ...report } = stored
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(report, null, 2)}\n`], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = `why1006-${stored.id.slice(0, 8)}.json`
  link.click()
  URL.revokeObjectURL(url)
}
