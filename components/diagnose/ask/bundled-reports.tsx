import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { importBundled } from '#components/api/bundle.ts'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { formatDate, formatDay } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { say } from '#components/ui/toast-queue.ts'
import type { BundledReport } from '#lib/bundle/open.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { foreign } from '#lib/text/foreign.ts'
import { outcomeTone } from '../report/tones.ts'

const mostShown = 50

/** The panel "Reports in the bundle": each is imported when it is opened, and judged again. */
export function BundledReports({ reports }: { reports: readonly BundledReport[] }) {
  const router = useRouter()
  const [opening, setOpening] = useState<string | null>(null)
  const open = async (report: BundledReport) => {
    setOpening(report.id)
    try {
      router.push(`/reports/${(await importBundled(report)).report.id}`)
    } catch (error) {
      say(inOneLine(problemOf(error)), 'dead')
    }
    setOpening(null)
  }
  return (
    <Panel title="Reports in the bundle" note={reports.length}>
      <ul className="max-h-[50dvh] overflow-y-auto py-1">
        {reports.slice(0, mostShown).map((report) => (
          <li
            key={report.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-3.5 py-1.5 not-first:border-t not-first:border-line"
          >
            <span className="flex min-w-0 items-center gap-2">
              <Badge tone={outcomeTone[report.report.outcome]}>{report.report.outcome}</Badge>
              <time className="figures truncate text-faint" title={formatDate(report.created * 1000)}>
                {formatDay(report.created * 1000)}
              </time>
            </span>
            <Button size="small" disabled={opening !== null} onClick={() => void open(report)}>
              {opening === report.id ? 'Opening…' : 'Open'}
            </Button>
            <span className="col-span-2 truncate text-soft">{wordsOf(report)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function wordsOf({ url = 'no URL', report: { outcome, verdicts } }: BundledReport): string {
  const [leading] = verdicts
  const cause = outcome === 'fault' && leading ? `${causeOf(leading.cause)?.title ?? leading.cause} · ` : ''
  return foreign(`${cause}${url}`, 200)
}
