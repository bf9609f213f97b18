import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { Report } from '#lib/diagnosis/report.ts'
import { isUntried } from '#lib/text/fix.ts'

interface Props {
  report: Report
  /** Beside Copy: "Try again". */
  actions?: ReactNode
}

/** The region "Fix": what to change for the leading cause, one block for each place where it can be changed. */
export function Fix({ report: { outcome, verdicts }, actions }: Props) {
  const fix = outcome === 'fault' ? verdicts[0]?.fix : undefined
  if (fix === undefined) return null
  return (
    <Panel title="Fix" actions={actions}>
      <p className="px-5 pt-3 pb-3 text-lead wrap-anywhere">{fix.summary}</p>
      {fix.changes.map(({ program, where, text }) => (
        <section key={where + text} aria-label={where} className="border-t border-line">
          <header className="flex items-center gap-2.5 px-5 pt-2">
            <h3 className="min-w-0 flex-1 truncate text-soft" title={where}>
              {where}
            </h3>
            {isUntried({ program }) && <Badge tone="unknown">not tried</Badge>}
            <CopyButton text={text} what="Fix" />
          </header>
          <pre className="figures px-5 pt-1.5 pb-3.5 whitespace-pre-wrap wrap-anywhere">{text}</pre>
        </section>
      ))}
    </Panel>
  )
}
