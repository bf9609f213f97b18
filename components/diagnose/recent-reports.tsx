'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { problemOf } from '#components/api/problem.ts'
import { fetchReports } from '#components/api/reports.ts'
import { BundleButton } from '#components/bundle/bundle-button.tsx'
import { formatDate, formatDay } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import { Zone } from '#components/ui/zone.tsx'
import type { Problem } from '#lib/api/problem.ts'
import type { ReportList } from '#lib/api/reports.ts'
import { answerOf } from '#lib/diagnosis/verdict-title.ts'
import { visible } from '#lib/text/foreign.ts'
import { OutcomeBadge } from './report/outcome-badge.tsx'

const mostShown = 30

/** The panel "Recent reports": what this server has kept, newest first. */
export function RecentReports() {
  const [reports, setReports] = useState<Problem | ReportList['reports'] | null>(null)
  useEffect(() => {
    let gone = false
    fetchReports(mostShown).then(
      (found) => !gone && setReports(found),
      (error: unknown) => !gone && setReports(problemOf(error)),
    )
    return () => {
      gone = true
    }
  }, [])
  return (
    <Panel
      title="Recent reports"
      note={<Zone />}
      actions={
        <>
          <BundleButton />
          <Link
            href="/reports"
            prefetch={false}
            className="text-link hover:underline pointer-coarse:flex pointer-coarse:min-h-11 pointer-coarse:items-center"
          >
            All reports
          </Link>
        </>
      }
    >
      {reports === null ? (
        <Skeleton lines={4} />
      ) : 'remedy' in reports ? (
        <FailedRequest problem={reports} />
      ) : reports.length === 0 ? (
        <Empty>No reports yet. Enter the failing URL or paste an error.</Empty>
      ) : (
        <ul className="py-1.5">
          {reports.map((report) => (
            <li key={report.id}>
              <Link
                href={`/reports/${report.id}`}
                prefetch={false}
                className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-1 px-3.5 py-1.5 hover:bg-raised sm:grid-cols-[92px_minmax(0,1fr)_auto] pointer-coarse:py-3"
              >
                <span>
                  <OutcomeBadge report={report} />
                </span>
                <span className="min-w-0 max-sm:order-last max-sm:col-span-2">
                  <span className="figures block truncate">{visible(report.url ?? 'no URL')}</span>
                  <span className="block truncate text-soft">{answerOf(report)}</span>
                </span>
                <time className="figures text-faint" title={formatDate(report.created * 1000)}>
                  {formatDay(report.created * 1000)}
                </time>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
