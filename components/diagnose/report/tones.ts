import type { Tone } from '#components/ui/badge.tsx'
import type { Outcome, Verdict } from '#lib/diagnosis/report.ts'

/** A cause that is proven is a fault found; the others still wait for an answer. */
export const certaintyTone = {
  proven: 'dead',
  likely: 'waiting',
  possible: 'unknown',
} satisfies Record<Verdict['certainty'], Tone>

export const outcomeTone = {
  healthy: 'alive',
  fault: 'dead',
  undetermined: 'waiting',
} satisfies Record<Outcome, Tone>
