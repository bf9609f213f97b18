import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** Loading: as tall as what will stand there (`lines` rows of 24 px), so that nothing jumps. */
export function Skeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div role="presentation" aria-busy="true" className={cx('flex flex-col gap-2 p-3.5', className)}>
      {Array.from({ length: lines }, (_, index) => (
        // The rows are all alike; their place is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells them apart
        <div key={index} className="skeleton h-4" style={{ width: `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  )
}

interface EmptyProps {
  children: ReactNode
  action?: ReactNode
  /** Above the sentence: a quiet drawing of what is missing. */
  picture?: ReactNode
}

/** Empty: one sentence, and the one button that fills the panel. */
export function Empty({ children, action, picture }: EmptyProps) {
  return (
    <div className="flex min-h-24 flex-1 flex-col items-center justify-center gap-3 p-4 text-center">
      {picture}
      <p className="max-w-[44ch] text-soft text-balance">{children}</p>
      {action}
    </div>
  )
}

/** Failed: what happened, why, and what to do now. */
export function Failed({ what, why, action }: { what: string; why: ReactNode; action?: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex min-h-24 flex-1 flex-col items-center justify-center gap-2 p-4 text-center"
    >
      <p className="font-medium text-dead">{what}</p>
      <p className="max-w-[56ch] text-soft text-balance">{why}</p>
      {action}
    </div>
  )
}
