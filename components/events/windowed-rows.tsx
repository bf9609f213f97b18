// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed one by one are no table
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus, and moves from row to row by the arrow keys
'use client'
import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { cx } from '#components/ui/cx.ts'
import { seenRows, useLogScroll } from '#components/ui/log-window.ts'
import type { RowList } from './row-list.ts'
import { useIsPhone } from './use-is-phone.ts'

export interface Column<T> {
  readonly name: string
  readonly cell: (row: T) => ReactNode
  /** Of its cells. */
  readonly className?: string
  /** Figures end under each other, and under their head. */
  readonly isRight?: boolean
}

interface Props<T> {
  label: string
  list: RowList<T>
  /** From 768 px on. */
  columns: readonly Column<T>[]
  /** Their widths, as CSS writes them. */
  template: string
  /** Two lines, on a phone. */
  narrow: (row: T) => ReactNode
  keyOf: (row: T) => string
  /** The row that is shown beside or over the list. */
  openKey: string | null
  onOpen: (row: T) => void
}

const ROW_PX = 22
const NARROW_PX = 46
const HEAD_PX = 26
/** As many rows as a phone shows unasked. */
const PHONE_ROWS = 6

/** A table of any length of which only the seen rows exist. The arrow keys move between rows, Enter opens one. */
export function WindowedRows<T>({
  label,
  list,
  columns,
  template,
  narrow,
  keyOf,
  openKey,
  onOpen,
}: Props<T>) {
  useSyncExternalStore(list.subscribe, list.version)
  const isPhone = useIsPhone()
  const rowPx = isPhone ? NARROW_PX : ROW_PX
  const headPx = isPhone ? 0 : HEAD_PX
  const [active, setActive] = useState<number | null>(null)
  const [isWhole, setWhole] = useState(false)
  const scroll = useLogScroll({ contentPx: list.length * rowPx + headPx, atEnd: false, onFollow: () => {} })
  const layout = { count: list.length, rowPx, openIndex: -1, openPx: 0 }
  const seen = seenRows(layout, scroll.seenTopPx, scroll.heightPx)
  useEffect(() => list.need(seen.from, seen.to), [list, seen.from, seen.to])

  const open = useRef(onOpen)
  open.current = onOpen
  const choose = useCallback((index: number, row: T) => {
    setActive(index)
    open.current(row)
  }, [])
  const move = (index: number) => {
    const next = Math.max(0, Math.min(list.length - 1, index))
    setActive(next)
    scroll.reveal(next * rowPx, (next + 1) * rowPx + headPx)
  }
  const page = Math.max(1, Math.floor(scroll.heightPx / rowPx) - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = active ?? -1
    const row = active === null ? undefined : list.at(active)
    if (event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'ArrowUp') move(at - 1)
    else if (event.key === 'PageDown') move(at + page)
    else if (event.key === 'PageUp') move(at - page)
    else if (event.key === 'Home') move(0)
    else if (event.key === 'End') move(list.length - 1)
    else if (event.key === 'Enter' && row !== undefined) onOpen(row)
    else return
    event.preventDefault()
  }
  const id = (index: number) => `${label.replaceAll(' ', '-')}-${index}`
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div
        ref={scroll.container}
        role="grid"
        aria-label={label}
        aria-rowcount={list.length + 1}
        aria-activedescendant={active === null ? undefined : id(active)}
        tabIndex={0}
        onScroll={scroll.onScroll}
        onKeyDown={onKeyDown}
        className={cx(
          'relative min-h-0 flex-1 [overflow-anchor:none] md:overflow-y-scroll md:overscroll-contain',
          isWhole
            ? 'max-md:h-[70dvh] max-md:flex-none max-md:overflow-y-auto'
            : 'max-md:max-h-[276px] max-md:flex-none max-md:overflow-hidden',
        )}
      >
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-1 grid h-[26px] items-center gap-x-3 border-b border-line bg-panel px-3.5 text-code text-faint max-md:sr-only"
          style={{ gridTemplateColumns: template }}
        >
          {columns.map(({ name, isRight }) => (
            <span key={name} role="columnheader" className={cx(isRight && 'text-right')}>
              {name}
            </span>
          ))}
        </div>
        <div className="relative" style={{ height: list.length * rowPx }} role="rowgroup">
          {Array.from({ length: Math.max(0, seen.to - seen.from) }, (_, offset) => {
            const index = seen.from + offset
            const row = list.at(index)
            const place = placeOf(index * rowPx, rowPx)
            if (row === undefined) return <Waiting key={`waiting-${index}`} place={place} />
            return (
              <OneRow
                key={keyOf(row)}
                row={row}
                index={index}
                id={id(index)}
                topPx={index * rowPx}
                isMarked={index === active || keyOf(row) === openKey}
                isOpen={keyOf(row) === openKey}
                columns={columns}
                template={template}
                narrow={isPhone ? narrow : null}
                onChoose={choose}
              />
            )
          })}
        </div>
      </div>
      {list.length > PHONE_ROWS && (
        <button
          type="button"
          onClick={() => setWhole((was) => !was)}
          className="h-11 shrink-0 border-t border-line text-code text-soft md:hidden"
        >
          {isWhole ? 'Show fewer' : `Show all ${list.length.toLocaleString('en')}`}
        </button>
      )}
    </div>
  )
}

/** Moved, not laid out anew: rows that make room for a new one are no jump of the page. */
const placeOf = (topPx: number, heightPx: number) => ({ translate: `0 ${topPx}px`, height: heightPx })

interface RowProps<T> {
  row: T
  index: number
  id: string
  topPx: number
  isMarked: boolean
  isOpen: boolean
  columns: readonly Column<T>[]
  template: string
  /** On a phone. */
  narrow: ((row: T) => ReactNode) | null
  onChoose: (index: number, row: T) => void
}

/** Drawn again only when something of it changed: while one scrolls, most rows stay what they are. */
const OneRow = memo(Row) as typeof Row

function Row<T>({
  row,
  index,
  id,
  topPx,
  isMarked,
  isOpen,
  columns,
  template,
  narrow,
  onChoose,
}: RowProps<T>) {
  const place = placeOf(topPx, narrow === null ? ROW_PX : NARROW_PX)
  return (
    // Keyboard: the arrow keys and Enter on the table itself.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      onClick={() => onChoose(index, row)}
      className={cx(
        'figures absolute inset-x-0 top-0 cursor-pointer px-3.5 hover:bg-raised',
        isMarked && 'bg-raised',
        narrow === null ? 'grid items-center gap-x-3' : 'flex flex-col justify-center',
      )}
      style={narrow === null ? { ...place, gridTemplateColumns: template } : place}
    >
      {narrow === null ? (
        columns.map(({ name, cell, className, isRight }) => (
          <span key={name} role="gridcell" className={cx('truncate', isRight && 'text-right', className)}>
            {cell(row)}
          </span>
        ))
      ) : (
        <div role="gridcell">{narrow(row)}</div>
      )}
    </div>
  )
}

function Waiting({ place }: { place: ReturnType<typeof placeOf> }) {
  return (
    <div className="absolute inset-x-0 top-0 flex items-center px-3.5" style={place} role="presentation">
      <span className="skeleton h-2.5 w-2/3" />
    </div>
  )
}
