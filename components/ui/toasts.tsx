'use client'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { IconButton } from './button.tsx'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import { dismissToast, type Toast, toastQueue } from './toast-queue.ts'

/** Long enough to read a sentence of this interface; what failed stays until it is dismissed. */
const shownMs = 5000

/** The top of the page, where {@link say} speaks: below, toasts would lie on what people type and read. Stands in the layout once; always there, so that it is announced. */
export function Toasts() {
  const toasts = useStore(toastQueue, (state) => state.toasts)
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none fixed top-3 left-1/2 z-60 flex -translate-x-1/2 flex-col items-center gap-2 max-md:top-13 max-md:w-full max-md:px-3"
    >
      {toasts.map((toast) => (
        <ToastBox key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function ToastBox({ toast }: { toast: Toast }) {
  useEffect(() => {
    if (toast.tone === 'dead') return
    const timer = setTimeout(() => dismissToast(toast.id), shownMs)
    return () => clearTimeout(timer)
  }, [toast])
  return (
    <div className="pointer-events-auto flex items-start gap-2 rounded-box border border-edge bg-raised py-2 pr-1.5 pl-3">
      <p className={cx('max-w-[48ch] py-[3px]', toast.tone === 'dead' && 'text-dead')}>{toast.text}</p>
      <IconButton label="Dismiss" onClick={() => dismissToast(toast.id)}>
        <Icon of={X} />
      </IconButton>
    </div>
  )
}
