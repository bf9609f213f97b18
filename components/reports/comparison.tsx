'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { problemOf } from '#components/api/problem.ts'
import { compareReports } from '#components/api/reports.ts'
import { progress } from '#components/diagnose/report/since-panel.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { formatDate } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import type { Problem } from '#lib/api/problem.ts'
import type { ReportComparison, ReportSummary } from '#lib/api/reports.ts'
import { answerOf } from '#lib/diagnosis/verdict-title.ts'
import { Mark, markOf, marks } from './mark.tsx'
import type { Pair } from './pair.ts'

type Found = { readonly problem: Problem } | { readonly comparison: ReportComparison }

/** The panel "What changed": two reports of the same URL. */
export function Comparison({ pair }: { pair: Pair }) {
  const [found, setFound] = useState<Found | null>(null)
  const { before, after } = pair
  useEffect(() => {
    if (before === null || after === null || before === after) return
    const abort = new AbortController()
    compareReports({ before, after }, abort.signal).then(
      (comparison) => setFound({ comparison }),
      (error: unknown) => {
        if (!abort.signal.aborted) setFound({ problem: problemOf(error) })
      },
    )
    return () => abort.abort()
  }, [before, after])
  return (
    // As high as most comparisons are: what is below does not move when one comes.
    <Panel title="What changed" note="from A to B" className="max-xl:min-h-80">
      {before === null || after === null || before === after ? (
        <Empty>Pick two reports to see what changed between them.</Empty>
      ) : found === null ? (
        <Skeleton lines={5} />
      ) : 'problem' in found ? (
        <FailedRequest problem={found.problem} />
      ) : (
        <Changes comparison={found.comparison} />
      )}
    </Panel>
  )
}

function Changes({
  comparison: { before, after, progress: became, says, changes },
}: {
  comparison: ReportComparison
}) {
  const { tone, words } = progress[became]
  return (
    <div role="status" className="flex flex-col gap-3 px-3.5 py-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 gap-y-1.5">
        <Side letter="A" report={before} />
        <Side letter="B" report={after} />
      </dl>
      <p className="flex items-start gap-2.5 border-t border-line pt-3">
        <Badge tone={tone}>{words}</Badge>
        <span className="wrap-anywhere">{says}</span>
      </p>
      {changes.length === 0 ? (
        <p className="text-soft">Nothing else differs.</p>
      ) : (
        <ul className="flex list-disc flex-col gap-1 pl-4 text-soft marker:text-faint">
          {changes.map(({ what, says: change }) => (
            <li key={what + change} className="wrap-anywhere">
              {change}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Side({ letter, report }: { letter: string; report: ReportSummary }) {
  const name = markOf(report)
  return (
    <>
      <dt className="font-semibold">{letter}</dt>
      <dd className="flex min-w-0 items-start gap-2">
        <Mark of={name} className="mt-px" />
        <span className="min-w-0 wrap-anywhere">
          <Link
            href={`/reports/${report.id}`}
            prefetch={false}
            className="text-link underline decoration-edge underline-offset-2"
          >
            {answerOf(report)}
          </Link>{' '}
          <span className="sr-only">{marks[name].word}</span>{' '}
          <span className="figures whitespace-nowrap text-faint">{formatDate(report.created * 1000)}</span>
        </span>
      </dd>
    </>
  )
}
