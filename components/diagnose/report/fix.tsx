import type { ReactNode } from 'react'
import { FixStacks } from '#components/fix/fix-stacks.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { Report } from '#lib/diagnosis/report.ts'

interface Props {
  report: Report
  /** "Try again": below the changes. */
  actions?: ReactNode
}

/** The region "Fix": what to change for the leading cause, in the reader's own programs. */
export function Fix({ report: { outcome, verdicts }, actions }: Props) {
  const fix = outcome === 'fault' ? verdicts[0]?.fix : undefined
  if (fix === undefined) return null
  return (
    <Panel title="Fix">
      <p className="px-3.5 py-3 text-lead wrap-anywhere">{fix.summary}</p>
      <FixStacks changes={fix.changes} others={fix.others} check={actions} />
    </Panel>
  )
}
