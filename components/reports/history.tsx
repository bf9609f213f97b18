'use client'
import Link from 'next/link'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { OutcomeBadge } from '#components/diagnose/report/outcome-badge.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { formatDate, formatDay, formatMs, plural } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import { Zone } from '#components/ui/zone.tsx'
import type { ReportSummary } from '#lib/api/reports.ts'
import { answerOf } from '#lib/diagnosis/verdict-title.ts'
import { Comparison } from './comparison.tsx'
import { totalOf } from './filters.tsx'
import type { Pair } from './pair.ts'
import { More } from './report-list.tsx'
import { Legend, Strip } from './strip.tsx'
import { usePair } from './use-pair.ts'
import { useReportPages } from './use-report-pages.ts'

const pageSize = '200'

/** All reports of one URL: as a strip, and two of them compared. */
export function History({ url }: { url: string }) {
  const { pages, more, reload } = useReportPages({ url, limit: pageSize })
  const reports = pages.status === 'here' ? pages.reports : []
  const [pair, pick] = usePair(reports)
  if (pages.status === 'loading') {
    return (
      <Panel title="History">
        <Skeleton lines={10} />
      </Panel>
    )
  }
  if (pages.status === 'failed') {
    return (
      <Panel title="History">
        <FailedRequest problem={pages.problem} action={<Button onClick={reload}>Try again</Button>} />
      </Panel>
    )
  }
  if (reports.length === 0) {
    return (
      <Panel title="History">
        <Empty action={<DiagnoseLink url={url} look="primary" />}>No report of this URL is kept.</Empty>
      </Panel>
    )
  }
  return (
    <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(340px,36%)]">
      <Panel
        title="History"
        note={<span className="figures">{plural(totalOf(pages.counts), 'report')}</span>}
        actions={<DiagnoseLink url={url} look="plain" />}
      >
        <Legend reports={reports} />
        <Strip reports={reports} pair={pair} />
      </Panel>
      <div className="min-w-0 xl:sticky xl:top-4 xl:row-span-2">
        <Comparison pair={pair} />
      </div>
      <Panel title="Reports" note="pick A and B to compare" actions={<Zone />}>
        <Rows reports={reports} pair={pair} onPick={pick} />
        {pages.next !== null && <More onMore={more} />}
      </Panel>
    </div>
  )
}

function DiagnoseLink({ url, look }: { url: string; look: 'primary' | 'plain' }) {
  return (
    <Link
      href={`/diagnose?${new URLSearchParams({ url })}`}
      className={buttonClass(look, look === 'primary' ? 'large' : 'medium')}
    >
      Diagnose again
    </Link>
  )
}

interface RowsProps {
  reports: readonly ReportSummary[]
  pair: Pair
  onPick: (pair: Partial<Pair>) => void
}

/** Newest first, with the two that are compared. */
function Rows({ reports, pair, onPick }: RowsProps) {
  return (
    <table className="w-full">
      <thead className="text-faint">
        <tr>
          <th scope="col" className="w-8 py-1.5 pl-3.5 text-center font-normal" title="The earlier one">
            A
          </th>
          <th scope="col" className="w-8 text-center font-normal" title="The later one">
            B
          </th>
          <th scope="col" className="pl-2 text-left font-normal">
            Report
          </th>
          <th scope="col" className="px-2 text-right font-normal max-sm:hidden">
            Watched
          </th>
          <th scope="col" className="pr-3.5 text-right font-normal">
            Made
          </th>
        </tr>
      </thead>
      <tbody>
        {reports.map((report) => (
          <Row key={report.id} report={report} pair={pair} onPick={onPick} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ report, pair, onPick }: { report: ReportSummary; pair: Pair; onPick: RowsProps['onPick'] }) {
  const { id, created, watched_ms: watched, imported } = report
  const when = formatDate(created * 1000)
  return (
    <tr className="hover:bg-raised">
      <td className="pl-3.5 text-center">
        <Pick
          name="before"
          label={`A: ${when}`}
          isPicked={pair.before === id}
          onPick={() => onPick({ before: id })}
        />
      </td>
      <td className="text-center">
        <Pick
          name="after"
          label={`B: ${when}`}
          isPicked={pair.after === id}
          onPick={() => onPick({ after: id })}
        />
      </td>
      <td className="pl-2">
        <Link
          href={`/reports/${id}`}
          prefetch={false}
          className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 py-1.5 pointer-coarse:min-h-11"
        >
          <OutcomeBadge report={report} />
          <span className="min-w-0 wrap-anywhere">{answerOf(report)}</span>
          {imported && <Badge tone="unknown">imported</Badge>}
        </Link>
      </td>
      <td className="figures px-2 text-right whitespace-nowrap text-faint max-sm:hidden">
        {watched !== undefined && formatMs(watched)}
      </td>
      <td className="figures pr-3.5 text-right whitespace-nowrap text-faint">
        <time dateTime={new Date(created * 1000).toISOString()} title={when}>
          {formatDay(created * 1000)}
        </time>
      </td>
    </tr>
  )
}

interface PickProps {
  name: string
  label: string
  isPicked: boolean
  onPick: () => void
}

function Pick({ name, label, isPicked, onPick }: PickProps) {
  return (
    <label className="inline-flex size-6 items-center justify-center pointer-coarse:size-11">
      <input
        type="radio"
        name={name}
        aria-label={label}
        checked={isPicked}
        onChange={onPick}
        className="size-3.5 accent-text"
      />
    </label>
  )
}
