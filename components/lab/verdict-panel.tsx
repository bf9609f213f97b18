'use client'
import Link from 'next/link'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { useNow } from '#components/core/use-now.ts'
import { Fix } from '#components/diagnose/report/fix.tsx'
import { Verdict } from '#components/diagnose/report/verdict.tsx'
import type { Experiment } from '#components/experiment/experiment.ts'
import { useExperiment } from '#components/experiment/use-experiment.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Empty } from '#components/ui/panel-states.tsx'
import type { Evidence } from '#lib/evidence/schema.ts'

interface Props {
  /** Null before the first run. */
  experiment: Experiment | null
  className?: string
}

/** The regions "Verdict" and "Fix": what the diagnosis makes of the trial, by what was seen and by nothing else. */
export function VerdictPanel({ experiment, className }: Props) {
  const judgement = useExperiment(experiment, (state) => state.judgement)
  const diagnose = (
    <Button disabled={experiment === null} onClick={() => void experiment?.judge()}>
      Diagnose
    </Button>
  )
  if (experiment === null || judgement.status === 'none') {
    return (
      <Panel title="Verdict" actions={diagnose} className={className}>
        <Empty>{experiment === null ? beforeRun : <Watching experiment={experiment} />}</Empty>
      </Panel>
    )
  }
  if (judgement.status === 'failed') {
    return (
      <Panel title="Verdict" className={className}>
        <FailedRequest problem={judgement.problem} action={diagnose} />
      </Panel>
    )
  }
  if (judgement.status === 'probing') {
    return (
      <div className={className}>
        {judgement.report && (
          <Verdict
            report={judgement.report}
            note={
              <span role="status">
                so far<span className="max-sm:sr-only">{`; the probe: ${judgement.progress.says}`}</span>
              </span>
            }
            actions={diagnose}
          />
        )}
      </div>
    )
  }
  const { id, report, evidence } = judgement.stored
  return (
    <div className={className}>
      <Verdict
        report={report}
        note={<span role="status" className="max-sm:sr-only">{`by ${observersOf(evidence)}`}</span>}
        actions={
          <>
            <Link href={`/reports/${id}`} prefetch={false} className={buttonClass('quiet', 'medium')}>
              Whole report
            </Link>
            {diagnose}
          </>
        }
      />
      <Fix report={report} />
    </div>
  )
}

const beforeRun =
  'Press Run. The verdict appears here, based only on what browser, server and probe see, never on the name of the fault.'

function Watching({ experiment }: { experiment: Experiment }) {
  const judgedAt = useExperiment(experiment, (state) => state.judgedAt)
  const now = useNow()
  if (judgedAt === null) return 'Verdict when it ends, or press Diagnose now.'
  const seconds = Math.max(0, Math.ceil((judgedAt - now) / 1000))
  return (
    <>
      Verdict when it ends, or in <span className="figures">{seconds} s</span>.
    </>
  )
}

/** Who has looked: "page, server, probe". */
function observersOf(evidence: Evidence): string {
  return Object.entries(observers)
    .filter(([key]) => evidence[key] !== undefined)
    .map(([, name]) => name)
    .join(', ')
}

const observers = { browser: 'page', server: 'server', peers: 'other connections', probe: 'probe' }
