import { cx } from '#components/ui/cx.ts'
import type { ReportSummary } from '#lib/api/reports.ts'

/** What a report found, in a shape, a sign and a word besides its colour. */
export const marks = {
  healthy: {
    word: 'healthy',
    sign: '✓',
    look: 'bg-alive-tint text-alive border-alive',
    shape: 'rounded-pill',
  },
  'ok so far': {
    word: 'ok so far',
    sign: '✓',
    look: 'bg-unknown-tint text-unknown border-unknown border-dashed',
    shape: 'rounded-pill',
  },
  fault: { word: 'fault', sign: '✕', look: 'bg-dead-tint text-dead border-dead', shape: '' },
  undetermined: {
    word: 'undetermined',
    sign: '?',
    look: 'bg-waiting-tint text-waiting border-waiting',
    shape: 'rotate-45 rounded-[3px]',
  },
} as const

export type MarkName = keyof typeof marks

export const markOf = ({ outcome, so_far: soFar }: Pick<ReportSummary, 'outcome' | 'so_far'>): MarkName =>
  soFar ? 'ok so far' : outcome

export function Mark({ of, className }: { of: MarkName; className?: string }) {
  const { sign, look, shape } = marks[of]
  const isTurned = shape.startsWith('rotate')
  return (
    <span
      aria-hidden
      className={cx(
        'inline-flex shrink-0 items-center justify-center border text-tiny font-semibold',
        isTurned ? 'size-[15px]' : 'size-[18px]',
        shape,
        look,
        className,
      )}
    >
      <span className={isTurned ? '-rotate-45' : undefined}>{sign}</span>
    </span>
  )
}
