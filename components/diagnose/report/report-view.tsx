'use client'
import type { ReactNode } from 'react'
import { useShownReport } from '#components/core/shown-report.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { formatDate } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { isLost, outcomeOfRetry } from '#lib/evidence/probe-outcome.ts'
import { resultWords, variationWords } from '#lib/evidence/retry-kinds.ts'
import type { Evidence, RetryEvidence } from '#lib/evidence/schema.ts'
import { AnswerPanel } from './answer-panel.tsx'
import { Fix } from './fix.tsx'
import { MoreEvidence } from './more-evidence.tsx'
import type { OrderChange } from './next-steps.tsx'
import { ReportPath } from './path-panel.tsx'
import { RuledOut } from './ruled-out.tsx'
import { SincePanel } from './since-panel.tsx'
import { copyLink, copyMarkdown, downloadHtml, downloadJson, shareReport } from './take-away.ts'
import { Verdict } from './verdict.tsx'

interface Props {
  stored: StoredReport
  /** Beside the title of the verdict. */
  note?: ReactNode
  tryAgain: ReactNode
  /** In the verdict, below the answer. */
  below?: ReactNode
  onRun?: (change: OrderChange) => void
  onAdd: (text: string) => Promise<string>
}

/** A whole report: the verdict, its fix, the path, and beside them what they rest on. */
export function ReportView({ stored, note, tryAgain, below, onRun, onAdd }: Props) {
  const { report, evidence, previous } = stored
  const hasFix = report.outcome === 'fault'
  useShownReport(stored)
  return (
    <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,30%)]">
      <div className="flex min-w-0 flex-col gap-3">
        <Verdict
          report={report}
          note={note}
          actions={hasFix ? undefined : tryAgain}
          below={below}
          onRun={onRun}
          onAdd={onAdd}
        />
        <Fix report={report} actions={tryAgain} />
        <SincePanel previous={previous} />
        <ReportPath evidence={evidence} report={report} note={observersOf(stored)} />
        <MoreEvidence onAdd={onAdd} />
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <ReportPanel stored={stored} />
        <AnswerPanel evidence={evidence} />
        <RetriesPanel evidence={evidence} />
        <RuledOut report={report} />
      </div>
    </div>
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

/** The panel "Report": taking it elsewhere. Secrets are masked in every form. */
function ReportPanel({ stored }: { stored: StoredReport }) {
  return (
    <Panel title="Report" note={formatDate(stored.created * 1000)}>
      <div className="flex flex-wrap gap-2 px-3.5 py-3">
        <Button onClick={() => void copyMarkdown(stored)}>Copy as Markdown</Button>
        <Button
          title="One file that opens anywhere, and that Why1006 takes back"
          onClick={() => downloadHtml(stored)}
        >
          Download HTML
        </Button>
        <Button onClick={() => downloadJson(stored)}>Download JSON</Button>
        <Button onClick={() => void copyLink(stored)}>Copy link</Button>
        <Button title="For a colleague without the access token" onClick={() => void shareReport(stored)}>
          Share read-only
        </Button>
      </div>
    </Panel>
  )
}

/** The panel "Also tried": the probe again with one thing changed each time, which isolates what matters. */
function RetriesPanel({ evidence: { retries = [] } }: { evidence: Evidence }) {
  if (retries.length === 0) return null
  return (
    <Panel title="Also tried" note={<span className="figures">{retries.length}</span>}>
      <ul className="flex flex-col gap-1.5 px-3.5 py-2.5">
        {retries.map((retry) => (
          <Row key={JSON.stringify(retry.vary)} retry={retry} />
        ))}
      </ul>
    </Panel>
  )
}

function Row({ retry }: { retry: RetryEvidence }) {
  const outcome = outcomeOfRetry(retry)
  return (
    <li className="flex items-baseline gap-3">
      <span className="min-w-0 flex-1 wrap-anywhere">{variationWords(retry.vary)}</span>
      <span
        className={cx(
          'figures max-w-1/2 text-right wrap-anywhere',
          outcome.stage === 'open' && !isLost(outcome.end) ? 'text-alive' : 'text-soft',
        )}
        title={outcome.stage === 'unmade' ? outcome.says : undefined}
      >
        {resultWords(outcome)}
      </span>
    </li>
  )
}
