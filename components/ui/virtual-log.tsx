'use client'
import { ArrowDown } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import { logRowHeightPx } from './log-row.tsx'
import { type RowLayout, rowTopPx, seenRows, totalPx, useLogScroll } from './log-window.ts'

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
  /** One line, {@link logRowHeightPx} high. */
  row: (entry: T) => ReactNode
  /** What stands below a row that was opened. Without it rows do not open. */
  detail?: (entry: T) => ReactNode
  /** What stands in place of rows while there are none. */
  empty: ReactNode
  /** Holds the rows as they are; new ones are counted. */
  paused?: boolean
  onResume?: () => void
}

const paddingPx = 6
/** As many rows as a phone shows unasked. */
const phoneRows = 5

/**
 * A log of any length of which only the seen rows exist. It follows its tail until the reader scrolls up or
 * pauses; then a pill counts what is new and leads back. Arrow keys move between rows, Enter opens one.
 */
export function VirtualLog<T>({ label, view, row, detail, empty, paused = false, onResume }: Props<T>) {
  const [following, setFollowing] = useState(true)
  const [openSeq, setOpenSeq] = useState<number | null>(null)
  const [activeSeq, setActiveSeq] = useState<number | null>(null)
  const [openPx, setOpenPx] = useState(0)
  const [isWhole, setWhole] = useState(false)
  const live = following && !paused
  // Not following, the rows stay those that were there, until a log that was rewritten has none of them any more.
  const held = useRef(view)
  if (live || held.current.at(held.current.length - 1) === undefined) held.current = view
  const shown = held.current
  const fresh = live ? 0 : view.length - indexAfter(view, shown.seqAt(shown.length - 1) ?? -1)
  const layout: RowLayout = {
    count: shown.length,
    rowPx: logRowHeightPx,
    openIndex: indexOf(shown, openSeq),
    openPx,
  }
  const contentPx = totalPx(layout) + 2 * paddingPx
  const scroll = useLogScroll({ contentPx, atEnd: live, onFollow: setFollowing })
  const seen = seenRows(layout, scroll.seenTopPx - paddingPx, scroll.heightPx)

  const activate = (index: number) => {
    const seq = shown.seqAt(index)
    if (seq === undefined) return
    setFollowing(false)
    setActiveSeq(seq)
    const top = rowTopPx(layout, index)
    scroll.reveal(top, top + logRowHeightPx + 2 * paddingPx)
  }
  const toggle = (seq: number) => {
    setFollowing(false)
    setActiveSeq(seq)
    setOpenSeq((now) => (now === seq ? null : seq))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const at = activeSeq === null ? shown.length : indexAfter(shown, activeSeq - 1)
    if (event.key === 'ArrowDown') activate(Math.min(shown.length - 1, at + 1))
    else if (event.key === 'ArrowUp') activate(Math.max(0, at - 1))
    else if (event.key === 'Enter' && activeSeq !== null && detail !== undefined) toggle(activeSeq)
    else if (event.key === 'End') setFollowing(true)
    else return
    event.preventDefault()
  }

  // What was opened is seen whole, as far as it fits; the log does not follow while one reads.
  const { reveal } = scroll
  const openTop = layout.openIndex < 0 ? -1 : rowTopPx(layout, layout.openIndex)
  // biome-ignore lint/correctness/useExhaustiveDependencies: when its height is known, and not with every new row
  useLayoutEffect(() => {
    if (openTop < 0 || openPx === 0) return
    reveal(openTop, openTop + Math.min(logRowHeightPx + openPx + 2 * paddingPx, scroll.heightPx))
  }, [openSeq, openPx])

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroll.container}
        role="log"
        aria-label={label}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: rows are moved through with the arrow keys
        tabIndex={0}
        onScroll={scroll.onScroll}
        onKeyDown={onKeyDown}
        // On a phone a list that scrolls inside the page would trap the finger: its end is shown, the rest is asked for.
        className={cx(
          'min-h-0 flex-1 [overflow-anchor:none] md:overflow-y-auto md:overscroll-contain',
          isWhole
            ? 'max-md:h-[60dvh] max-md:flex-none max-md:overflow-y-auto'
            : 'max-md:h-31 max-md:flex-none max-md:overflow-hidden',
        )}
      >
        {shown.length === 0 && empty}
        <div className="relative" style={{ height: shown.length === 0 ? 0 : contentPx }}>
          {Array.from({ length: Math.max(0, seen.to - seen.from) }, (_, offset) => {
            const index = seen.from + offset
            const entry = shown.at(index)
            const seq = shown.seqAt(index)
            if (entry === undefined || seq === undefined) return null
            return (
              <div
                key={seq}
                className={cx('absolute inset-x-0', seq === activeSeq && 'bg-raised')}
                style={{ top: paddingPx + rowTopPx(layout, index) }}
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
                {seq === openSeq && <Measured onHeight={setOpenPx}>{detail?.(entry)}</Measured>}
              </div>
            )
          })}
        </div>
      </div>
      {shown.length > phoneRows && (
        <button
          type="button"
          onClick={() => setWhole((was) => !was)}
          className="h-11 shrink-0 border-t border-line text-code text-soft md:hidden"
        >
          {isWhole ? `Show the last ${phoneRows}` : `Show all ${shown.length}`}
        </button>
      )}
      {fresh > 0 && (
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

/** Tells the height of what it holds, at once and whenever it changes. */
function Measured({ onHeight, children }: { onHeight: (px: number) => void; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => onHeight(element.offsetHeight))
    observer.observe(element)
    onHeight(element.offsetHeight)
    return () => observer.disconnect()
  }, [onHeight])
  return <div ref={box}>{children}</div>
}

function indexOf(view: LogView<unknown>, seq: number | null): number {
  if (seq === null) return -1
  const index = indexAfter(view, seq - 1)
  return view.seqAt(index) === seq ? index : -1
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
