import type { Tone } from '#components/ui/badge.tsx'
import { toneText } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'

/** A state as a shape, so that its colour is not the only sign: full, half, crossed, hollow. */
export function StateDot({ tone, className }: { tone: Tone; className?: string }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden className={cx(toneText[tone], className)}>
      {shapes[tone]}
    </svg>
  )
}

const shapes = {
  alive: <circle cx="5" cy="5" r="3.5" fill="currentColor" />,
  waiting: (
    <>
      <circle cx="5" cy="5" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M5 1.75a3.25 3.25 0 0 0 0 6.5z" fill="currentColor" />
    </>
  ),
  dead: <path d="M2 2l6 6M8 2l-6 6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  unknown: <circle cx="5" cy="5" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
} satisfies Record<Tone, React.ReactNode>
