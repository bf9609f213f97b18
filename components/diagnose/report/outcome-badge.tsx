import { Badge } from '#components/ui/badge.tsx'
import type { ReportSummary } from '#lib/api/reports.ts'
import { outcomeTone } from './tones.ts'

/** The outcome of a report in a list. */
export function OutcomeBadge({ report: { outcome, so_far: soFar } }: { report: ReportSummary }) {
  return soFar ? (
    <Badge tone="unknown">ok so far</Badge>
  ) : (
    <Badge tone={outcomeTone[outcome]}>{outcome}</Badge>
  )
}
