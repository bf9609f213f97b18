'use client'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { pathOf } from '#lib/diagnosis/path.ts'
import { Examples } from './examples.tsx'
import { HoldCountdown } from './hold-panel.tsx'
import { OrderForm } from './order-form.tsx'
import { PathPanel } from './path-panel.tsx'
import { RecentReports } from './recent-reports.tsx'
import { recordedEvidence } from './recorded.ts'
import { ReportView } from './report-view.tsx'
import {
  cancelDiagnosis,
  type Diagnosis,
  diagnosisStore,
  forgetDiagnosis,
  judgeRecorded,
  sharpen,
  startDiagnosis,
} from './run.ts'
import { type OrderForm as Form, useOrder } from './use-order.ts'

/** The Diagnose page behind its heading: form, path, verdict. */
export function Workbench() {
  const form = useOrder()
  const diagnosis = useStore(diagnosisStore)
  useFound(form)
  // Leaving ends a probe that runs; a report that is there is found again.
  useEffect(() => cancelDiagnosis, [])
  useRecorded(form)
  const isBlank = form.url === '' && diagnosis.status !== 'running'
  return (
    <div className="flex flex-col gap-3">
      <OrderForm form={form} />
      {isBlank ? <Start /> : <Result diagnosis={diagnosis} />}
    </div>
  )
}

/** Before anything was asked. */
function Start() {
  return (
    <>
      {/* On a phone the stations would push what can be done below the fold. */}
      <div className="max-md:hidden">
        <PathPanel stations={pathOf({})} note="lights up as this browser and the probe get through" />
      </div>
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <Examples />
        <RecentReports />
      </div>
    </>
  )
}

function Result({ diagnosis }: { diagnosis: Diagnosis }) {
  switch (diagnosis.status) {
    case 'idle':
      return <Start />
    case 'failed':
      return (
        <Panel title="Verdict">
          <FailedRequest problem={diagnosis.problem} action={<TryAgain diagnosis={diagnosis} />} />
        </Panel>
      )
    case 'running':
      return (
        <>
          <PathPanel stations={pathOf(diagnosis.evidence, diagnosis.stage)} note={diagnosis.says}>
            {diagnosis.hold && <HoldCountdown hold={diagnosis.hold} />}
          </PathPanel>
          <Panel title="Verdict" note="waits for the probe and the browser">
            <Skeleton lines={5} />
          </Panel>
        </>
      )
    case 'done':
      return (
        <ReportView
          stored={diagnosis.stored}
          note={diagnosis.isBrowserAwaited ? 'the browser’s own attempt is still awaited' : undefined}
          tryAgain={<TryAgain diagnosis={diagnosis} />}
          onAdd={(text) => sharpen(diagnosis.stored.id, text)}
        />
      )
  }
}

/** Who comes back from an article finds the report again; who comes with another address does not. */
function useFound({ url }: Form): void {
  const arrived = useRef(url)
  useEffect(() => {
    const found = diagnosisStore.getState()
    if (found.status !== 'idle' && found.order.url !== arrived.current.trim()) forgetDiagnosis()
  }, [])
}

/** Who comes from a connection of the Live page finds it judged at once, by what was recorded of it. */
function useRecorded({ connection, order }: Form): void {
  const asked = useRef<string | null>(null)
  useEffect(() => {
    if (connection === null || order === null || asked.current === connection) return
    asked.current = connection
    const recorded = recordedEvidence(connection, order.url)
    if (recorded) void judgeRecorded(order, recorded)
  }, [connection, order])
}

function TryAgain({ diagnosis }: { diagnosis: Extract<Diagnosis, { status: 'failed' | 'done' }> }) {
  return <Button onClick={() => void startDiagnosis(diagnosis.order)}>Try again</Button>
}
