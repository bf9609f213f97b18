'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { problemOf } from '#components/api/problem.ts'
import { addEvidence, fetchReport } from '#components/api/reports.ts'
import { describeReading } from '#components/diagnose/run.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { formatDate } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import type { Problem } from '#lib/api/problem.ts'
import type { StoredReport as Stored } from '#lib/diagnosis/stored-report.ts'
import { visible } from '#lib/text/foreign.ts'
import type { OrderChange } from './next-steps.tsx'
import { ReportView } from './report-view.tsx'

type Loaded =
  | { status: 'loading' }
  | { status: 'failed'; problem: Problem }
  | { status: 'here'; stored: Stored }

/** A report that the server keeps, by its id. */
export function StoredReport({ id }: { id: string }) {
  const [loaded, setLoaded] = useState<Loaded>({ status: 'loading' })
  useEffect(() => {
    let gone = false
    setLoaded({ status: 'loading' })
    fetchReport(id).then(
      (stored) => !gone && setLoaded({ status: 'here', stored }),
      (error: unknown) => !gone && setLoaded({ status: 'failed', problem: problemOf(error) }),
    )
    return () => {
      gone = true
    }
  }, [id])
  useTitle(loaded)
  if (loaded.status === 'loading') {
    return (
      <Panel title="Verdict">
        <Skeleton lines={6} />
      </Panel>
    )
  }
  if (loaded.status === 'failed') {
    const action = (
      <Link href="/diagnose" className={buttonClass('plain', 'medium')}>
        Diagnose a URL
      </Link>
    )
    return (
      <Panel title="Verdict">
        <FailedRequest problem={loaded.problem} action={action} />
      </Panel>
    )
  }
  const { stored } = loaded
  const add = async (text: string) => {
    const answer = await addEvidence(stored.id, { text })
    setLoaded({ status: 'here', stored: answer })
    return describeReading(answer.reading)
  }
  return (
    <>
      <Subject stored={stored} />
      <ReportView
        stored={stored}
        tryAgain={<TryAgain stored={stored} />}
        {...(stored.url !== undefined && { onRun: runOn(stored.url) })}
        onAdd={add}
      />
    </>
  )
}

/** The tab tells reports apart: "403: three causes fit · app.example/ws · why1006". */
function useTitle(loaded: Loaded): void {
  const title = loaded.status === 'here' ? titleOf(loaded.stored) : null
  useEffect(() => {
    if (title !== null) document.title = title
  }, [title])
}

function titleOf({ url, report: { headline, outcome } }: Stored): string {
  const place = url?.replace(/^\w+:\/\//, '')
  return [headline || outcome, place, 'why1006'].filter((part) => part !== undefined).join(' · ')
}

/** On the page of a kept report an experiment fills in the form of Diagnose. */
const runOn =
  (url: string) =>
  ({ hold_seconds: hold, origin, direct, subprotocols }: OrderChange): void => {
    const change = {
      url,
      ...(hold && { hold: String(hold) }),
      ...(origin && { origin }),
      ...(direct && { direct }),
      ...(subprotocols && { subprotocols }),
    }
    location.assign(`/diagnose?${new URLSearchParams(change)}`)
  }

function Subject({ stored: { url, created, updated } }: { stored: Stored }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 rounded-box border border-line bg-panel px-3.5 py-3">
      <span className="figures text-lead wrap-anywhere">{visible(url ?? 'No URL in the evidence')}</span>
      <span className="text-faint">
        <time>{formatDate(created * 1000)}</time>
        {updated !== undefined && ', evidence added since'}
      </span>
    </p>
  )
}

/** What the evidence does not tell (headers, a direct URL) is not filled in again. */
function TryAgain({ stored: { url } }: { stored: Stored }) {
  if (url === undefined) return null
  return (
    <Link href={`/diagnose?url=${encodeURIComponent(url)}`} className={buttonClass('plain', 'medium')}>
      Try again
    </Link>
  )
}
