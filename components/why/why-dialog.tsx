'use client'
import Link from 'next/link'
import { type ReactNode, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { live, useLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { diagnoseHref } from '#components/diagnose/diagnose-href.ts'
import { Fix } from '#components/diagnose/report/fix.tsx'
import { Verdict } from '#components/diagnose/report/verdict.tsx'
import type { Progress } from '#components/experiment/examine.ts'
import { useExperiment } from '#components/experiment/use-experiment.ts'
import { IdleScale } from '#components/idle/idle-scale.tsx'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { formatWait } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Failed, Skeleton } from '#components/ui/panel-states.tsx'
import type { Report } from '#lib/diagnosis/report.ts'
import { readLosses } from '#lib/record/loss-pattern.ts'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import { selectConnection, selectFacet } from '#lib/store/selectors.ts'
import { describeRoughly } from '#lib/text/duration.ts'
import { endTest, judgeConnection, testMs, testStore, testWithHeartbeat } from './inquiry.ts'
import { Lifetimes } from './lifetimes.tsx'

/** The answer to "Why?" of a row: all its drops together, what decides, and the verdict. */
export function WhyDialog({ id, onOpenChange }: { id: ConnectionId; onOpenChange: (open: boolean) => void }) {
  const connection = useLive(selectConnection(id))
  const test = useStore(testStore, ({ tests }) => tests[id] ?? null)
  const judgement = useExperiment(test, (state) => state.judgement)
  if (connection === undefined) return null
  const { target, losses } = connection
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={questionOf(connection)}
      description={<code className="wrap-anywhere">{target.url}</code>}
      className="w-[47.5rem]"
    >
      {losses.count > 0 && <Lifetimes losses={losses} />}
      <Deciding connection={connection} test={judgement.status} />
      {judgement.status === 'probing' && <Testing id={id} progress={judgement.progress} />}
      {judgement.status === 'failed' && (
        <FailedRequest
          problem={judgement.problem}
          action={<Button onClick={() => endTest(id)}>Close</Button>}
        />
      )}
      {judgement.status === 'done' ? (
        <Answer
          report={judgement.stored.report}
          note="after the test with a heartbeat"
          actions={
            <Link href={`/reports/${judgement.stored.id}`} className={buttonClass('plain', 'medium')}>
              Full report
            </Link>
          }
        />
      ) : (
        <JudgedHere id={id} />
      )}
    </Dialog>
  )
}

function questionOf({ state, losses }: Connection): string {
  if (state.phase === 'suspect') return 'Why is nothing received?'
  if (state.phase === 'closed' || losses.count > 0) {
    const how = (state.phase === 'closed' ? state : losses.kept.at(-1)?.state)?.how
    return how === 'close-frame' ? 'Why was it closed?' : 'Why did it drop?'
  }
  return 'Why did it not connect?'
}

/** What the drops have in common, and the experiment that tells what still fits apart. */
function Deciding({ connection, test }: { connection: Connection; test: string }) {
  const { says, heartbeatDecides } = readLosses(connection.losses.kept, besideLosses(connection))
  const isServerUp = useLive((live) => live.server.status === 'up')
  if (says === null && !heartbeatDecides) return null
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {says !== null && <p className="min-w-60 flex-1 text-lead">{says}</p>}
      {heartbeatDecides && (test === 'none' || test === 'failed') && (
        <div className="flex items-center gap-3">
          <Button
            look="primary"
            size="large"
            disabled={!isServerUp}
            onClick={() => testWithHeartbeat(connection)}
          >
            Test with a heartbeat
          </Button>
          <span className="max-w-[26ch] text-soft">
            {isServerUp
              ? `takes about ${describeRoughly(testMs(connection))}, from the Why1006 server`
              : 'needs the Why1006 server, which is not responding'}
          </span>
        </div>
      )}
    </div>
  )
}

function besideLosses({ id, target }: Connection) {
  const host = URL.parse(target.url)?.host
  return Object.values(live.store.getState().connections).flatMap((other) =>
    other.id !== id && URL.parse(other.target.url)?.host === host ? other.losses.kept : [],
  )
}

/** The test as it runs. */
function Testing({ id, progress: { says, hold } }: { id: ConnectionId; progress: Progress }) {
  return (
    <Panel title="Test" note={says} actions={<Button onClick={() => endTest(id)}>Stop</Button>}>
      <div className="h-[5.75rem] pt-3">{hold !== null && <Holding {...hold} />}</div>
    </Panel>
  )
}

function Holding({ startedAt, forMs }: { startedAt: number; forMs: number }) {
  const heldMs = Math.min(forMs, Math.max(0, useNow('quarter') - startedAt))
  return (
    <>
      <p role="timer" aria-label="Test" className="px-3.5 text-soft">
        <span className="figures">{formatWait(heldMs)}</span> of at most{' '}
        <span className="figures">{formatWait(forMs)}</span>
      </p>
      <IdleScale silentMs={heldMs} verb="held" />
    </>
  )
}

type Inquiry =
  | { readonly status: 'judging' }
  | { readonly status: 'failed'; readonly says: string }
  | { readonly status: 'judged'; readonly report: Report }

/** Judged again with every loss that is added while one looks. */
function JudgedHere({ id }: { id: ConnectionId }) {
  const [inquiry, setInquiry] = useState<Inquiry>({ status: 'judging' })
  const count = useLive(selectFacet(id, 'losses'))?.count
  const phase = useLive((live) => live.connections[id]?.state.phase)
  const target = useLive(selectFacet(id, 'target'))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another loss, another state: another judgement
  useEffect(() => {
    const asked = new AbortController()
    const show = (next: Inquiry) => !asked.signal.aborted && setInquiry(next)
    judgeConnection(id, asked.signal).then(
      (report) => show({ status: 'judged', report }),
      (error: unknown) =>
        show({ status: 'failed', says: error instanceof Error ? error.message : String(error) }),
    )
    return () => asked.abort()
  }, [id, count, phase])
  const probe = target && (
    <Link href={diagnoseHref({ id, target })} prefetch={false} className={buttonClass('plain', 'medium')}>
      Diagnose
    </Link>
  )
  switch (inquiry.status) {
    case 'judging':
      return (
        <Panel title="Verdict">
          <Skeleton lines={5} />
        </Panel>
      )
    case 'failed':
      return (
        <Panel title="Verdict" actions={probe}>
          <Failed what="It could not be judged here." why={inquiry.says} />
        </Panel>
      )
    case 'judged':
      return <Answer report={inquiry.report} note="by what this browser recorded" actions={probe} />
  }
}

function Answer({ report, note, actions }: { report: Report; note: string; actions: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-col gap-3">
      <Verdict report={report} note={note} actions={actions} />
      <Fix report={report} />
    </div>
  )
}
