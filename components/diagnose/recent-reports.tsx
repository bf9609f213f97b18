'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { problemOf } from '#components/api/problem.ts'
import { fetchReports } from '#components/api/reports.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import type { Problem } from '#lib/api/problem.ts'
import type { ReportList, ReportSummary } from '#lib/api/reports.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { outcomeTone } from './report/tones.ts'

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
    <Panel title="Recent reports">
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
                className="flex items-center gap-3 px-3.5 py-1.5 hover:bg-raised max-sm:flex-wrap max-sm:gap-y-0.5"
              >
                <Badge tone={outcomeTone[report.outcome]}>{report.outcome}</Badge>
                <span className="figures min-w-0 flex-1 truncate max-sm:order-last max-sm:basis-full">
                  {report.url ?? 'no URL'}
                </span>
                <span className="truncate text-soft">{causeWords(report)}</span>
                <time className="figures shrink-0 text-faint">
                  {new Date(report.created * 1000).toLocaleTimeString()}
                </time>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function causeWords({ outcome, cause }: ReportSummary): string {
  if (outcome === 'healthy' || cause === undefined) return ''
  return causeOf(cause)?.title ?? cause
}
