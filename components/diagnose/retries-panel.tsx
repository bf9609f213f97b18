import { cx } from '#components/ui/cx.ts'
import { Panel } from '#components/ui/panel.tsx'
import { isLost, outcomeOfRetry } from '#lib/evidence/probe-outcome.ts'
import { resultWords, variationWords } from '#lib/evidence/retry-kinds.ts'
import type { Evidence, RetryEvidence } from '#lib/evidence/schema.ts'

/** The panel "Also tried": the probe again with one thing changed each time, which isolates what matters. */
export function RetriesPanel({ evidence: { retries = [] } }: { evidence: Evidence }) {
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
