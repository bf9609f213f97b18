'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { useNow } from '#components/core/use-now.ts'
import type { Hold, Progress } from '#components/experiment/examine.ts'
import { useExperiment } from '#components/experiment/use-experiment.ts'
import { Button } from '#components/ui/button.tsx'
import { formatWait } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { say } from '#components/ui/toast-queue.ts'
import type { DiagnoseOrder } from '#lib/api/diagnose.ts'
import { pathOf } from '#lib/diagnosis/path.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { MASK } from '#lib/evidence/mask.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { broughtStore, forgetBrought } from './ask/brought.ts'
import { BroughtView } from './ask/brought-view.tsx'
import { forgetLink, useLinked } from './ask/linked.ts'
import { Examples } from './examples.tsx'
import { LongerLook, LookHead, LookScale } from './longer-look.tsx'
import { OrderForm } from './order-form.tsx'
import { RecentReports } from './recent-reports.tsx'
import { RecordPanel } from './record-panel.tsx'
import { recordedEvidence } from './recorded.ts'
import type { OrderChange } from './report/next-steps.tsx'
import { PathPanel } from './report/path-panel.tsx'
import { ReportView } from './report/report-view.tsx'
import {
  cancelDiagnosis,
  type Diagnosis,
  describeReading,
  diagnosisStore,
  forgetDiagnosis,
  judgeRecorded,
  startDiagnosis,
} from './run.ts'
import { type OrderForm as Form, useOrder } from './use-order.ts'
import { expectVerdict, useVerdictFocus } from './use-verdict-focus.ts'

/** The Diagnose page behind its heading: form, path, verdict. */
export function Workbench() {
  const form = useOrder()
  const diagnosis = useStore(diagnosisStore, ({ current }) => current)
  const status = useExperiment(diagnosis?.experiment ?? null, ({ judgement }) => judgement.status)
  useFound(form)
  // Leaving ends a probe that runs; a report that is there is found again.
  useEffect(() => cancelDiagnosis, [])
  useRecorded(form)
  useLinked(form.recording)
  const hasBrought = useStore(broughtStore, ({ current }) => current.status !== 'none')
  const isBroughtJudged = useStore(broughtStore, ({ current }) => current.status === 'done')
  useVerdictFocus(status === 'done' || isBroughtJudged)
  const isBlank = form.url === '' && status !== 'probing'
  const probe = ({ url, ...change }: { url: string } & OrderChange) => {
    form.set({ url, ...formOf(change), recording: null })
    // Where a recorder or a report cut something out, only the reader knows it.
    if (url.includes(MASK)) return say(`Replace ${MASK} in the URL with the real value, then press Diagnose.`)
    expectVerdict()
    forgetLink()
    forgetBrought()
    startDiagnosis(changed({ url }, change))
  }
  return (
    <div className="flex flex-col gap-3">
      <OrderForm form={form} />
      <Announcement diagnosis={diagnosis} />
      {hasBrought ? (
        <BroughtView onProbe={probe} />
      ) : isBlank || diagnosis === null ? (
        <Start />
      ) : (
        <Result diagnosis={diagnosis} form={form} />
      )}
    </div>
  )
}

/** Says the verdict to whoever does not see it appear. */
function Announcement({ diagnosis }: { diagnosis: Diagnosis | null }) {
  const judged = useExperiment(diagnosis?.experiment ?? null, ({ judgement }) =>
    judgement.status === 'done' ? judgement.stored.report : null,
  )
  const brought = useStore(broughtStore, ({ current }) =>
    current.status === 'done' ? current.judged.report : null,
  )
  return (
    <p role="status" className="sr-only">
      {verdictWords(brought ?? judged)}
    </p>
  )
}

function verdictWords(report: Report | null): string {
  if (report === null) return ''
  const [first] = report.verdicts
  if (report.outcome !== 'fault' || first === undefined) return `${report.headline}.`
  const fixes = first.fix.changes.length > 0 ? ' Fix available.' : ''
  return `${report.headline}, ${first.certainty}.${fixes}`
}

/** The order with what an experiment changes. */
function changed(order: DiagnoseOrder, { headers, subprotocols, ...rest }: OrderChange): DiagnoseOrder {
  return {
    ...order,
    ...rest,
    ...(headers !== undefined && { headers: [...(order.headers ?? []), headers] }),
    ...(subprotocols !== undefined && { subprotocols: [subprotocols] }),
  }
}

/** The same in the fields of the form, so that Diagnose asks for it again. */
const formOf = ({ hold_seconds: hold, ...change }: OrderChange) => ({
  ...change,
  ...(hold !== undefined && { hold: String(hold) }),
})

/** Before anything was asked. */
function Start() {
  return (
    <>
      {/* On a phone the stations would push what can be done below the fold. */}
      <div className="max-md:hidden">
        <PathPanel stations={pathOf({})} note="fills in as your browser and the probe connect" />
      </div>
      <div className="grid items-start gap-3 lg:grid-cols-2 vast:grid-cols-3">
        <Examples />
        <div className="flex min-w-0 flex-col gap-3 vast:contents">
          <RecordPanel />
          <RecentReports />
        </div>
      </div>
    </>
  )
}

function Result({ diagnosis: { order, experiment }, form }: { diagnosis: Diagnosis; form: Form }) {
  const judgement = useExperiment(experiment, (state) => state.judgement)
  const run = ({ hold_seconds, ...change }: OrderChange) => {
    if (hold_seconds !== undefined) return void experiment.hold(hold_seconds)
    form.set(formOf(change))
    again(changed(order, change))
  }
  const tryAgain = <Button onClick={() => again(order)}>Try again</Button>
  switch (judgement.status) {
    case 'none':
      return <Start />
    case 'failed':
      return (
        <Panel title="Verdict">
          <FailedRequest problem={judgement.problem} action={tryAgain} />
        </Panel>
      )
    case 'probing':
      return (
        <>
          <Underway progress={judgement.progress} recorded={judgement.recorded} />
          <Panel title="Verdict" note="waiting for your browser and the probe" className="min-h-[11.5rem]">
            <Waiting progress={judgement.progress} />
          </Panel>
        </>
      )
    case 'done':
      return (
        <ReportView
          stored={judgement.stored}
          note={judgement.isAwaited ? 'your browser is still trying' : undefined}
          tryAgain={tryAgain}
          below={
            judgement.looking === null && judgement.stored.report.outcome !== 'healthy' ? undefined : (
              <LongerLook report={judgement.stored.report} order={order} experiment={experiment}>
                {judgement.looking && (
                  <StillWatching
                    url={judgement.stored.url}
                    progress={judgement.looking}
                    onStop={experiment.stopHold}
                  />
                )}
              </LongerLook>
            )
          }
          onRun={run}
          onAdd={async (text) => describeReading(await experiment.add(text))}
        />
      )
  }
}

function again(order: DiagnoseOrder): void {
  expectVerdict()
  startDiagnosis(order)
}

/** The stations light up as the probe and this browser get through. */
function Underway({ progress, recorded }: { progress: Progress; recorded: Evidence | null }) {
  const { stage, says, found } = progress
  const browser = recorded?.browser
  const stations = pathOf({ ...(browser && { browser }), probe: found }, stage)
  // On a phone a long word of a stage would take a line of its own, and move all that is below.
  const note = <span className="max-sm:block max-sm:max-w-64 max-sm:truncate">{says}</span>
  return <PathPanel stations={stations} note={note} />
}

/** Where the verdict will be; while the probe is silent, how long it still will be, and whose timer it has passed. */
function Waiting({ progress: { stage, hold } }: { progress: Progress }) {
  if (hold === null || stage !== 'watch') return <Skeleton lines={5} />
  return (
    <div className="px-3.5 pt-3">
      <HoldScale hold={hold} />
    </div>
  )
}

/** No failure was seen so far, and the probe still holds the connection. */
function StillWatching({
  url,
  progress: { hold },
  onStop,
}: {
  url: string | undefined
  progress: Progress
  onStop: () => void
}) {
  // Between the end of the watch and its report the probe holds nothing: the ruler stands as it was.
  const [held, setHeld] = useState(hold)
  if (hold !== null && hold !== held) setHeld(hold)
  return (
    <section aria-label="Still watching" className="flex flex-col gap-2 border-t border-line pt-3">
      <LookHead url={url} />
      <HoldScale hold={held} action={<Button onClick={onStop}>Stop</Button>} />
    </section>
  )
}

/** Who comes back from an article finds the report again; who comes with another address does not. */
function useFound({ url }: Form): void {
  const arrived = useRef(url)
  useEffect(() => {
    const { current } = diagnosisStore.getState()
    if (current !== null && current.order.url !== arrived.current.trim()) forgetDiagnosis()
  }, [])
}

/** Who comes from a connection of the Live page finds it judged at once, by what was recorded of it. */
function useRecorded({ connection, order }: Form): void {
  const asked = useRef<string | null>(null)
  useEffect(() => {
    if (connection === null || order === null || asked.current === connection) return
    asked.current = connection
    const recorded = recordedEvidence(connection, order.url)
    if (recorded) judgeRecorded(order, recorded)
  }, [connection, order])
}

/** @param hold null before it begins */
function HoldScale({ hold, action }: { hold: Hold | null; action?: ReactNode }) {
  const now = useNow('quarter')
  const idleMs = hold && Math.min(hold.forMs, Math.max(0, now - hold.startedAt))
  return (
    <LookScale silentMs={idleMs} verb="idle">
      {hold === null || idleMs === null ? (
        <p>Opening it once more, to hold it</p>
      ) : (
        <p role="timer" aria-label="Silence">
          Idle for <span className="figures">{formatWait(idleMs)}</span> of{' '}
          <span className="figures">{formatWait(hold.forMs)}</span>
        </p>
      )}
      {action}
    </LookScale>
  )
}
