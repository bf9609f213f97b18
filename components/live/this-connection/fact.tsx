import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'

/** One part of the panel: a quiet heading, and what is known. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line px-3.5 py-2 last:border-b-0">
      <h3 className="pb-0.5 text-code font-medium text-faint">{title}</h3>
      {children}
    </section>
  )
}

/** One fact: what it is, and its value in the mono. Long values break. */
export function Fact({
  label,
  children,
  tone,
}: {
  label: string
  children: ReactNode
  tone?: 'dead' | 'waiting'
}) {
  return (
    <p className="flex gap-2.5 py-px">
      <span className="w-22 shrink-0 text-soft">{label}</span>
      <span
        className={cx(
          'figures min-w-0 flex-1 wrap-anywhere',
          tone === 'dead' ? 'text-dead' : tone === 'waiting' ? 'text-waiting' : 'text-text',
        )}
      >
        {children}
      </span>
    </p>
  )
}
