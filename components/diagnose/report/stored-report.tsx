'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { problemOf } from '#components/api/problem.ts'
import { addEvidence, fetchReport } from '#components/api/reports.ts'
import { describeReading } from '#components/diagnose/run.ts'
import { Badge } from '#components/ui/badge.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { formatDate } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import type { Problem } from '#lib/api/problem.ts'
import type { ImportedFrom, StoredReport as Stored } from '#lib/diagnosis/stored-report.ts'
import { answerOf, verdictTitle } from '#lib/diagnosis/verdict-title.ts'
import { MASK } from '#lib/evidence/mask.ts'
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

/** The tab tells reports apart: "403: three causes fit · app.example/ws · Why1006". */
function useTitle(loaded: Loaded): void {
  const title = loaded.status === 'here' ? titleOf(loaded.stored) : null
  useEffect(() => {
    if (title !== null) document.title = title
  }, [title])
}

const titleOf = ({ url, report }: Stored): string => `${verdictTitle({ ...report, url })} · why1006`

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

function Subject({ stored: { url, created, updated, imported } }: { stored: Stored }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1.5 rounded-box border border-line bg-panel px-3.5 py-3">
      <span className="figures text-lead wrap-anywhere">{visible(url ?? 'No URL in the evidence')}</span>
      <span className="text-faint">
        <time>{formatDate(created * 1000)}</time>
        {updated !== undefined && ', evidence added later'}
      </span>
      {url !== undefined && (
        <Link
          href={`/reports/history?${new URLSearchParams({ url })}`}
          prefetch={false}
          className="ml-auto text-link hover:underline pointer-coarse:flex pointer-coarse:min-h-11 pointer-coarse:items-center"
        >
          History of this URL
        </Link>
      )}
      {imported && <Imported imported={imported} />}
    </div>
  )
}

/** Whose words these are: ours, about evidence that somebody brought. */
function Imported({ imported: { at, said } }: { imported: ImportedFrom }) {
  return (
    <p className="basis-full text-soft wrap-anywhere">
      <Badge tone="unknown">imported</Badge> from a file on {formatDate(at * 1000)}. The verdict is this
      version’s own, from the evidence in the file.
      {said && ` The file itself said: ${answerOf(said)}.`}
    </p>
  )
}

/** What the evidence does not tell (headers, a direct URL) is not filled in again, and what was cut out of the URL cannot be. */
function TryAgain({ stored: { url } }: { stored: Stored }) {
  if (url === undefined) return null
  return (
    <Link href={`/diagnose?url=${encodeURIComponent(url)}`} className={buttonClass('plain', 'medium')}>
      {url.includes(MASK) ? 'Complete the URL' : 'Try again'}
    </Link>
  )
}
