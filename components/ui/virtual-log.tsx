'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import { logRowHeightPx } from './log-row.tsx'
import { useFollow } from './use-follow.ts'

/** Rows with numbers that grow and never repeat, as the live core's filtered rings give them. */
export interface LogView<T> {
  readonly length: number
  at(index: number): T | undefined
  seqAt(index: number): number | undefined
}

interface Props<T> {
  /** The accessible name of the log. */
  label: string
  view: LogView<T>
  row: (entry: T) => ReactNode
  /** What stands below a row that was opened. Without it rows do not open. */
  detail?: (entry: T) => ReactNode
  /** What stands in place of rows while there are none. */
  empty: ReactNode
  /** Holds the rows as they are; new ones are counted. */
  paused?: boolean
  onResume?: () => void
}

/**
 * A log of any length of which only the seen rows exist. It follows its tail until the reader scrolls up or
 * pauses; then a pill counts what is new and leads back. Arrow keys move between rows, Enter opens one.
 */
export function VirtualLog<T>({ label, view, row, detail, empty, paused = false, onResume }: Props<T>) {
  const container = useRef<HTMLDivElement>(null)
  const { following, setFollowing, onScroll } = useFollow(container)
  const live = following && !paused
  const held = useRef(view)
  if (live || held.current.length === 0) held.current = view
  const shown = held.current
  const fresh = live ? 0 : view.length - indexAfter(view, shown.seqAt(shown.length - 1) ?? -1)

  const [openSeq, setOpenSeq] = useState<number | null>(null)
  const [activeSeq, setActiveSeq] = useState<number | null>(null)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => container.current,
    estimateSize: () => logRowHeightPx,
    getItemKey: (index) => shown.seqAt(index) ?? index,
    overscan: 8,
    paddingStart: 6,
    paddingEnd: 6,
    useFlushSync: false,
  })

  useLayoutEffect(() => {
    if (live && shown.length > 0) virtual.scrollToIndex(shown.length - 1, { align: 'end' })
  }, [live, shown, virtual])

  // A row that opens below the edge is brought into view.
  useEffect(() => {
    if (activeSeq !== null) virtual.scrollToIndex(indexAfter(held.current, activeSeq - 1), { align: 'auto' })
  }, [activeSeq, virtual])

  const toggle = (seq: number) => {
    setActiveSeq(seq)
    setOpenSeq((now) => (now === seq ? null : seq))
    setFollowing(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      const from = activeSeq === null ? shown.length : indexAfter(shown, activeSeq - 1)
      setFollowing(false)
      setActiveSeq(shown.seqAt(Math.min(shown.length - 1, Math.max(0, from + step))) ?? null)
    } else if (event.key === 'Enter' && activeSeq !== null && detail !== undefined) toggle(activeSeq)
    else if (event.key === 'End') setFollowing(true)
    else return
    event.preventDefault()
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={container}
        role="log"
        aria-label={label}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: rows are moved through with the arrow keys
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain"
      >
        {shown.length === 0 && empty}
        <div className="relative" style={{ height: shown.length === 0 ? 0 : virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const entry = shown.at(item.index)
            const seq = shown.seqAt(item.index)
            if (entry === undefined || seq === undefined) return null
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={cx('absolute inset-x-0 top-0', seq === activeSeq && 'bg-raised')}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {/* Keyboard: the arrow keys and Enter on the log itself. */}
                {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
                <div
                  onClick={detail && (() => toggle(seq))}
                  className={cx(detail && 'cursor-pointer hover:bg-raised')}
                >
                  {row(entry)}
                </div>
                {seq === openSeq && detail?.(entry)}
              </div>
            )
          })}
        </div>
      </div>
      {!live && fresh > 0 && (
        <button
          type="button"
          onClick={() => {
            setFollowing(true)
            onResume?.()
          }}
          className="absolute bottom-3 left-1/2 flex h-6 -translate-x-1/2 items-center gap-1 rounded-pill bg-text px-2.5 text-code font-medium text-ground"
        >
          {fresh.toLocaleString('en')} new <Icon of={ArrowDown} size={12} />
        </button>
      )}
    </div>
  )
}

/** The index of the first row whose number is above `seq`; the view's length when there is none. */
function indexAfter(view: LogView<unknown>, seq: number): number {
  let low = 0
  let high = view.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((view.seqAt(middle) ?? Number.POSITIVE_INFINITY) > seq) high = middle
    else low = middle + 1
  }
  return low
}
