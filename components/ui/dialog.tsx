'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** One sentence under the title. */
  description?: ReactNode
  children: ReactNode
  className?: string
}

/**
 * A modal dialog: focus goes in, is kept, and returns to where it was; Escape and the backdrop close it.
 * Show the view that uses it through `LazyDialog`, so that the library loads when a dialog first opens.
 */
export function Dialog({ open, onOpenChange, title, description, children, className }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={cx(
            'fixed top-[12dvh] left-1/2 z-50 flex max-h-[76dvh] w-[32.5rem] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-col',
            'rounded-box border border-edge bg-panel outline-none',
            'transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0',
            className,
          )}
        >
          <header className="flex items-center border-b border-line py-2.5 pr-2.5 pl-4">
            <Base.Title className="text-lead font-semibold">{title}</Base.Title>
          </header>
          <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
            {description !== undefined && (
              <Base.Description className="text-soft">{description}</Base.Description>
            )}
            {children}
          </div>
          {/* Last in order, so that the first field has the focus when the dialog opens. */}
          <Base.Close
            aria-label="Dismiss"
            className="absolute top-2.5 right-2.5 inline-flex size-[1.625rem] items-center justify-center rounded-box text-soft hover:bg-raised hover:text-text pointer-coarse:size-11"
          >
            <Icon of={X} />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
