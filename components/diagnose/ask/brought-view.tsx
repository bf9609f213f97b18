'use client'
import Link from 'next/link'
import { useState } from 'react'
import { useStore } from 'zustand'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { formatBytes, plural } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Failed, Skeleton } from '#components/ui/panel-states.tsx'
import { say } from '#components/ui/toast-queue.ts'
import { Fix } from '../report/fix.tsx'
import { MoreEvidence } from '../report/more-evidence.tsx'
import type { OrderChange } from '../report/next-steps.tsx'
import { ReportPath } from '../report/path-panel.tsx'
import { Verdict } from '../report/verdict.tsx'
import { describeReading } from '../run.ts'
import { addBrought, type BroughtBy, broughtStore, keepBrought, stopReading } from './brought.ts'
import { BundledReports } from './bundled-reports.tsx'
import type { JudgedHere, ReadProgress } from './reader.ts'
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
      return current.progress === null ? (
        <Panel title="Verdict" note="reading">
          <Skeleton lines={5} />
        </Panel>
      ) : (
        <div className="flex flex-col gap-3">
          <ReadingLine {...current.progress} />
          <Judged by="reader" judged={current.progress.judged} keptAs={null} onProbe={onProbe} isSoFar />
        </div>
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

/** How far a large log is read; what it tells so far stands below. */
function ReadingLine({ bytes, ofBytes, lines }: ReadProgress) {
  return (
    <section
      aria-label="Reading"
      className="flex min-h-[46px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-box border border-line bg-panel px-3.5 py-2"
    >
      <span role="status" className="min-w-0 flex-1 text-soft">
        Read {formatBytes(bytes)} of {formatBytes(ofBytes)}, {plural(lines, 'line')}. This is the verdict so
        far.
      </span>
      <progress
        aria-label="Read so far"
        className="h-1.5 w-40 accent-(--color-alive)"
        value={bytes}
        max={Math.max(1, ofBytes)}
      />
      <Button onClick={stopReading}>Stop</Button>
    </section>
  )
}

interface Props {
  /** There is more to read: it cannot be kept yet, and nothing added to it. */
  isSoFar?: boolean
  by: BroughtBy
  judged: JudgedHere
  keptAs: string | null
  onProbe: (asked: { url: string } & OrderChange) => void
}

function Judged({
  by,
  judged: { report, evidence, reading, bundled },
  keptAs,
  onProbe,
  isSoFar = false,
}: Props) {
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
          onAdd={isSoFar ? undefined : add}
        />
        <Fix report={report} />
        <ReportPath evidence={evidence} report={report} note="as far as the evidence tells" />
        {!isSoFar && <MoreEvidence onAdd={add} />}
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        {by === 'recorder' ? (
          <WhatWasRecorded evidence={evidence} />
        ) : (
          <WhatWasRead read={reading?.read ?? []} />
        )}
        {!isSoFar && <Keep keptAs={keptAs} />}
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
