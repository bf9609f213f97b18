import type { ReactNode } from 'react'
import { type Tone, toneText } from './badge.tsx'
import { cx } from './cx.ts'

/** The height of a row in pixels, which the virtual lists reckon with. */
export const logRowHeightPx = 22

interface Props {
  /** Already formatted: `14:02:41`. */
  time: string
  /** The coloured word: a kind, a direction. */
  word: ReactNode
  tone?: Tone | 'plain'
  wordClassName?: string
  /** One line, cut where the row ends. */
  text: ReactNode
  /** Set off against the others: rows of the selected connection. */
  marked?: boolean
  className?: string
}

/** One line of a log: time, word, text, in the mono, never wrapping. */
export function LogRow({ time, word, tone = 'plain', wordClassName, text, marked, className }: Props) {
  return (
    <div
      className={cx('figures flex h-[22px] items-center gap-3 px-3.5', marked && 'bg-raised', className)}
      data-marked={marked || undefined}
    >
      <span className="shrink-0 text-faint">{time}</span>
      <span className={cx('shrink-0', tone === 'plain' ? 'text-soft' : toneText[tone], wordClassName)}>
        {word}
      </span>
      <span className="min-w-0 flex-1 truncate">{text}</span>
    </div>
  )
}
