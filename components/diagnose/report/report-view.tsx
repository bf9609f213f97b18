'use client'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { CauseLink } from '#components/playbook/cause-link.tsx'
import { Button } from '#components/ui/button.tsx'
import { copyText } from '#components/ui/copy-button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { storedToMarkdown } from '#lib/diagnosis/markdown.ts'
import { pathOf } from '#lib/diagnosis/path.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { isLost, outcomeOfRetry } from '#lib/evidence/probe-outcome.ts'
import { resultWords, variationWords } from '#lib/evidence/retry-kinds.ts'
import type { Evidence, RetryEvidence } from '#lib/evidence/schema.ts'
import { AnswerPanel } from './answer-panel.tsx'
import { Fix } from './fix.tsx'
import { MoreEvidence } from './more-evidence.tsx'
import type { OrderChange } from './next-steps.tsx'
import { PathPanel } from './path-panel.tsx'
import { SincePanel } from './since-panel.tsx'
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
  return (
    <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(320px,30%)]">
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
        <PathPanel stations={pathOf(evidence)} note={observersOf(stored)} />
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
  const address = `/reports/${stored.id}`
  return (
    <Panel title="Report" note={new Date(stored.created * 1000).toLocaleTimeString()}>
      <div className="flex flex-wrap gap-2 px-3.5 py-3">
        <Button onClick={() => void copyText(storedToMarkdown(stored), 'Report')}>Copy as Markdown</Button>
        <Button onClick={() => download(stored)}>Download JSON</Button>
        <Button onClick={() => void copyText(`${location.origin}${address}`, 'Link')}>Copy link</Button>
      </div>
    </Panel>
  )
}

function download(stored: StoredReport): void {
  const { previous: _, ...report } = stored
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(report, null, 2)}\n`], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = `why1006-${stored.id.slice(0, 8)}.json`
  link.click()
  URL.revokeObjectURL(url)
}

/** The panel "Ruled out": what one observation excludes stands together below it. */
function RuledOut({ report: { ruled_out: ruledOut } }: { report: Report }) {
  if (ruledOut.length === 0) return null
  const groups = Map.groupBy(ruledOut, ({ because }) => because[0]?.says ?? 'Does not match the evidence')
  return (
    <Panel title="Ruled out" note={<span className="figures">{ruledOut.length}</span>}>
      <ul className="flex flex-col gap-0.5 px-3.5 py-2.5">
        {Array.from(groups, ([says, causes]) => (
          <li key={says}>
            <details>
              <summary className="flex cursor-pointer gap-2 py-1">
                <Icon of={Check} className="mt-0.5 shrink-0 text-soft" />
                <span className="min-w-0">
                  <span className="line-clamp-3 wrap-anywhere">{says}</span>
                  <span className="block text-faint">
                    {causes.length === 1 ? '1 cause' : `${causes.length} causes`}
                  </span>
                </span>
              </summary>
              <ul className="flex flex-col gap-0.5 pb-2 pl-6">
                {causes.map(({ cause }) => (
                  <li key={cause}>
                    <CauseLink id={cause} />
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
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
