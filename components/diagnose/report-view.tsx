'use client'
import type { ReactNode } from 'react'
import { pathOf } from '#lib/diagnosis/path.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { AnswerPanel } from './answer-panel.tsx'
import { Fix } from './fix.tsx'
import { MoreEvidence } from './more-evidence.tsx'
import { PathPanel } from './path-panel.tsx'
import { ReportPanel } from './report-panel.tsx'
import { RetriesPanel } from './retries-panel.tsx'
import { RuledOut } from './ruled-out.tsx'
import { SincePanel } from './since-panel.tsx'
import { Verdict } from './verdict.tsx'

interface Props {
  stored: StoredReport
  /** Beside the title of the verdict. */
  note?: ReactNode
  tryAgain: ReactNode
  onAdd: (text: string) => Promise<string>
}

/** A whole report: the path, the verdict with its fix, and beside them what they rest on. */
export function ReportView({ stored, note, tryAgain, onAdd }: Props) {
  const { report, evidence, previous } = stored
  const hasFix = report.outcome === 'fault'
  return (
    <>
      <PathPanel stations={pathOf(evidence)} note={observersOf(stored)} />
      <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(320px,30%)]">
        <div className="flex min-w-0 flex-col gap-3">
          <Verdict report={report} note={note} actions={hasFix ? undefined : tryAgain} />
          <Fix report={report} actions={tryAgain} />
          <SincePanel previous={previous} />
          <MoreEvidence onAdd={onAdd} />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <ReportPanel stored={stored} />
          <AnswerPanel evidence={evidence} />
          <RetriesPanel evidence={evidence} />
          <RuledOut report={report} />
        </div>
      </div>
    </>
  )
}

const observers = {
  browser: 'browser',
  probe: 'probe',
  proxy: 'proxy',
  server: 'server',
  peers: 'other connections',
}

/** Who has looked: "browser, probe". */
function observersOf({ evidence }: StoredReport): string {
  const names = Object.entries(observers).filter(([key]) => evidence[key] !== undefined)
  return names.map(([, name]) => name).join(', ')
}
