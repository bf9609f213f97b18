'use client'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { problemOf } from '#components/api/problem.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { plural } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import { say } from '#components/ui/toast-queue.ts'
import { Zone } from '#components/ui/zone.tsx'
import { Filters, totalOf } from './filters.tsx'
import { ImportButton, ImportResults } from './import-reports.tsx'
import { isFiltering, noFilter, queryOf } from './report-query.ts'
import { columns, ReportRow } from './report-row.tsx'
import { useImports } from './use-imports.ts'
import { useReportFilter } from './use-report-filter.ts'
import { type Pages, useReportPages } from './use-report-pages.ts'

const pageSize = '100'

/** The panel "Reports": all that this server keeps, newest first, narrowed by what the address says. */
export function ReportList() {
  const [filter, setFilter] = useReportFilter()
  const { pages, isOld, more, reload } = useReportPages({ ...queryOf(filter), limit: pageSize })
  const imports = useImports(reload)
  const counts = pages.status === 'here' ? pages.counts : []
  const { outcome, cause } = filter
  const total = totalOf(
    counts.filter(
      (count) => (outcome === null || count.outcome === outcome) && (cause === null || count.cause === cause),
    ),
  )
  const clear = (
    <Button onClick={() => void setFilter(noFilter)} className="mt-1">
      Clear filters
    </Button>
  )
  return (
    <Panel
      title="Reports"
      note={
        <span role="status" className="figures">
          {pages.status === 'here' ? plural(total, 'report') : ''}
        </span>
      }
      actions={
        <>
          <Zone />
          <ImportButton imports={imports} />
        </>
      }
      className={cx(imports.isOver && 'outline-2 outline-link')}
    >
      <ImportResults imports={imports} />
      <Filters filter={filter} onChange={setFilter} counts={counts} />
      <Rows
        pages={pages}
        isOld={isOld}
        onMore={more}
        onRetry={reload}
        nothing={
          isFiltering(filter) ? <Empty action={clear}>No report has all of this.</Empty> : <NoReports />
        }
      />
    </Panel>
  )
}

function NoReports() {
  return (
    <Empty
      action={
        <Link href="/diagnose" className={buttonClass('primary', 'large')}>
          Diagnose a URL
        </Link>
      }
    >
      No reports yet. Every diagnosis is kept here. An exported report can be dropped on this page.
    </Empty>
  )
}

interface RowsProps {
  pages: Pages
  isOld: boolean
  onMore: () => Promise<void>
  onRetry: () => void
  nothing: ReactNode
}

function Rows({ pages, isOld, onMore, onRetry, nothing }: RowsProps) {
  if (pages.status === 'loading') return <Skeleton lines={12} />
  if (pages.status === 'failed') {
    return <FailedRequest problem={pages.problem} action={<Button onClick={onRetry}>Try again</Button>} />
  }
  if (pages.reports.length === 0) return nothing
  return (
    <div aria-busy={isOld} className={cx(isOld && 'opacity-60')}>
      <div
        aria-hidden
        className={`hidden gap-x-4 border-b border-line py-1.5 pr-11 pl-3.5 text-faint xl:grid ${columns}`}
      >
        <span>Outcome</span>
        <span>URL</span>
        <span>Answer</span>
        <span className="text-right">Watched</span>
        <span className="min-w-[104px] text-right">Made</span>
      </div>
      <ul aria-label="Reports" className="py-1">
        {pages.reports.map((report) => (
          <ReportRow key={report.id} report={report} />
        ))}
      </ul>
      {pages.next !== null && <More onMore={onMore} />}
    </div>
  )
}

/** The next page, below those that are there. */
export function More({ onMore }: { onMore: () => Promise<void> }) {
  const [isLoading, setLoading] = useState(false)
  const load = async () => {
    setLoading(true)
    try {
      await onMore()
    } catch (error) {
      say(problemOf(error).message, 'dead')
    } finally {
      setLoading(false)
    }
  }
  return (
    <div className="flex justify-center border-t border-line p-3">
      <Button size="large" disabled={isLoading} onClick={() => void load()}>
        {isLoading ? 'Loading…' : 'Show older reports'}
      </Button>
    </div>
  )
}
