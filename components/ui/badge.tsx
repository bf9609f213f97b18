import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** What a colour may mean in this interface. */
export type Tone = 'alive' | 'waiting' | 'dead' | 'unknown'

const tints = {
  alive: 'bg-alive-tint text-alive',
  waiting: 'bg-waiting-tint text-waiting',
  dead: 'bg-dead-tint text-dead',
  unknown: 'bg-unknown-tint text-unknown',
} satisfies Record<Tone, string>

/** The text colour of a state, for words that stand on a panel. */
export const toneText = {
  alive: 'text-alive',
  waiting: 'text-waiting',
  dead: 'text-dead',
  unknown: 'text-soft',
} satisfies Record<Tone, string>

/** A state in words on a tint of its colour. The words carry the meaning; the colour repeats it. */
export function Badge({
  tone,
  children,
  className,
}: {
  tone: Tone
  children: ReactNode
  className?: string
}) {
  return (
    <span
      className={cx(
        'inline-flex h-5 shrink-0 items-center rounded-pill px-2 text-tiny font-medium whitespace-nowrap',
        tints[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}
