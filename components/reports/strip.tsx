'use client'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { cx } from '#components/ui/cx.ts'
import { formatDate, formatDayAlone } from '#components/ui/format.ts'
import type { ReportSummary } from '#lib/api/reports.ts'
import { answerOf } from '#lib/diagnosis/verdict-title.ts'
import { Mark, type MarkName, markOf, marks } from './mark.tsx'
import type { Pair } from './pair.ts'

interface Props {
  /** Newest first. */
  reports: readonly ReportSummary[]
  pair: Pair
}

/** The history of a URL, oldest first, day by day: each report is a mark that leads to it. */
export function Strip({ reports, pair }: Props) {
  const days = [...Map.groupBy(reports.toReversed(), ({ created }) => formatDayAlone(created * 1000))]
  const list = useRef<HTMLOListElement>(null)
  // The newest is at the end.
  useEffect(() => {
    list.current?.scrollTo(list.current.scrollWidth, list.current.scrollHeight)
  }, [])
  return (
    <ol
      ref={list}
      aria-label="History"
      className="flex max-h-80 gap-x-3 gap-y-1.5 overflow-auto px-3.5 py-3 sm:flex-wrap"
    >
      {days.map(([day, ofDay]) => (
        <li key={day} className="flex min-w-0 flex-col gap-0.5">
          <ol className="flex sm:flex-wrap">
            {ofDay.map((report) => (
              <li key={report.id}>
                <Cell report={report} pair={pair} />
              </li>
            ))}
          </ol>
          <span className="sticky left-0 self-start text-tiny whitespace-nowrap text-faint">{day}</span>
        </li>
      ))}
    </ol>
  )
}

function Cell({ report, pair }: { report: ReportSummary; pair: Pair }) {
  const name = markOf(report)
  const letter = report.id === pair.before ? 'A' : report.id === pair.after ? 'B' : undefined
  const words = `${marks[name].word}, ${formatDate(report.created * 1000)}: ${answerOf(report)}`
  return (
    <Link
      href={`/reports/${report.id}`}
      prefetch={false}
      aria-label={letter === undefined ? words : `${letter}: ${words}`}
      title={words}
      className="flex w-6 flex-col items-center rounded-box pt-1 hover:bg-raised pointer-coarse:min-h-11 pointer-coarse:w-11"
    >
      <span className="flex h-5 items-center">
        <Mark of={name} />
      </span>
      <span
        aria-hidden
        className={cx('h-3.5 text-tiny leading-none font-semibold', letter === undefined && 'invisible')}
      >
        {letter ?? '·'}
      </span>
    </Link>
  )
}

/** What the marks mean, and how many there are of each. */
export function Legend({ reports }: { reports: readonly ReportSummary[] }) {
  const counts = Map.groupBy(reports, markOf)
  const names = (Object.keys(marks) as MarkName[]).filter((name) => counts.has(name))
  return (
    <ul aria-label="Outcomes" className="flex flex-wrap gap-x-4 gap-y-1.5 px-3.5 pt-3">
      {names.map((name) => (
        <li key={name} className="flex items-center gap-2">
          <Mark of={name} />
          <span>
            {marks[name].word} <span className="figures text-soft">{counts.get(name)?.length}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
