'use client'
import Link from 'next/link'
import { useState } from 'react'
import { useStore } from 'zustand'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Failed, Skeleton } from '#components/ui/panel-states.tsx'
import { say } from '#components/ui/toast-queue.ts'
import { pathOf } from '#lib/diagnosis/path.ts'
import { Fix } from '../report/fix.tsx'
import { MoreEvidence } from '../report/more-evidence.tsx'
import type { OrderChange } from '../report/next-steps.tsx'
import { PathPanel } from '../report/path-panel.tsx'
import { Verdict } from '../report/verdict.tsx'
import { describeReading } from '../run.ts'
import { addBrought, type BroughtBy, broughtStore, keepBrought } from './brought.ts'
import { BundledReports } from './bundled-reports.tsx'
import type { JudgedHere } from './reader.ts'
import { WhatWasRead } from './what-was-read.tsx'
import { WhatWasRecorded } from './what-was-recorded.tsx'

const notes = {
  reader: 'from what you brought',
  recorder: 'from a recording in your page',
} satisfies Record<BroughtBy, string>

/** The verdict on what was pasted or dropped. @param onProbe probes the URL that the evidence names */
export function BroughtView({ onProbe }: { onProbe: (asked: { url: string } & OrderChange) => void }) {
  const current = useStore(broughtStore, (state) => state.current)
  switch (current.status) {
    case 'none':
      return null
    case 'reading':
      return (
        <Panel title="Verdict" note="reading">
          <Skeleton lines={5} />
        </Panel>
      )
    case 'failed':
      return (
        <Panel title="Verdict">
          <Failed what="It was not read" why={current.says} />
        </Panel>
      )
    case 'done':
      return (
        <Judged by={current.by} judged={current.judged} keptAs={current.kept?.id ?? null} onProbe={onProbe} />
      )
  }
}

const add = async (text: string) => describeReading(await addBrought(text))

interface Props {
  by: BroughtBy
  judged: JudgedHere
  keptAs: string | null
  onProbe: (asked: { url: string } & OrderChange) => void
}

function Judged({ by, judged: { report, evidence, reading, bundled }, keptAs, onProbe }: Props) {
  const url = evidence.target?.url
  const canProbe = url !== undefined && /^(?:wss?|https?):/i.test(url)
  const probe = canProbe ? <Button onClick={() => onProbe({ url })}>Probe it</Button> : undefined
  return (
    <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,30%)]">
      <div className="flex min-w-0 flex-col gap-3">
        <Verdict
          report={report}
          note={notes[by]}
          actions={probe}
          onRun={canProbe ? (change) => onProbe({ url, ...change }) : undefined}
          onAdd={add}
        />
        <Fix report={report} />
        <PathPanel stations={pathOf(evidence)} note="as far as the evidence tells" />
        <MoreEvidence onAdd={add} />
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        {by === 'recorder' ? (
          <WhatWasRecorded evidence={evidence} />
        ) : (
          <WhatWasRead read={reading?.read ?? []} />
        )}
        <Keep keptAs={keptAs} />
        {bundled !== undefined && <BundledReports reports={bundled} />}
      </div>
    </div>
  )
}

/** Nothing has left the browser until this is pressed. */
function Keep({ keptAs }: { keptAs: string | null }) {
  const [isBusy, setBusy] = useState(false)
  const keep = async () => {
    setBusy(true)
    const failure = await keepBrought()
    setBusy(false)
    if (failure !== null) say(failure, 'dead')
  }
  return (
    <Panel title="Report">
      <div className="flex flex-wrap items-center gap-2 px-3.5 py-3">
        {keptAs === null ? (
          <>
            <Button onClick={() => void keep()} disabled={isBusy}>
              Keep report
            </Button>
            <span className="text-soft">Nothing has left this browser. Secrets are masked.</span>
          </>
        ) : (
          <Link href={`/reports/${keptAs}`} className={buttonClass('plain', 'medium')}>
            Open report
          </Link>
        )}
      </div>
    </Panel>
  )
}
