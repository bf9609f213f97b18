'use client'
import { type KeyboardEvent, useRef, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { plural } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { type Bar, placeOf } from './bars.ts'

export interface Mark {
  readonly atMs: number
  readonly label: string
}

interface Props {
  title: string
  /** What it says, in a sentence. */
  says: string
  bars: readonly Bar[]
  /** The bar of the spike. */
  isSpike: (bar: Bar) => boolean
  /** Known timers within the bars. */
  marks?: readonly Mark[]
  /** On the axis; those that have no room are left out. */
  ticks: readonly Mark[]
  /** `59.9 s to 60.1 s`, for whoever points at a bar or hears of it. */
  name: (bar: Bar) => string
  onPick: (bar: Bar) => void
  className?: string
}

/** Bars that filter when they are picked; the arrow keys move from one to the next. */
export function Histogram({ title, says, bars, isSpike, marks = [], ticks, name, onPick, className }: Props) {
  const [pointed, setPointed] = useState<Bar | null>(null)
  return (
    <Panel title={title} className={className}>
      <div className="flex min-h-0 flex-1 flex-col px-3.5 pt-2 pb-2.5">
        <p className="line-clamp-2 h-10 shrink-0 text-soft" title={says}>
          {pointed === null ? says : `${name(pointed)}: ${plural(pointed.count, 'connection')}`}
        </p>
        {bars.length > 0 && (
          <>
            <Marks bars={bars} marks={marks} />
            <Bars
              title={title}
              bars={bars}
              isSpike={isSpike}
              name={name}
              onPick={onPick}
              onPoint={setPointed}
            />
            <Axis bars={bars} ticks={ticks} />
          </>
        )}
      </div>
    </Panel>
  )
}

interface BarsProps extends Pick<Props, 'title' | 'bars' | 'isSpike' | 'name' | 'onPick'> {
  onPoint: (bar: Bar | null) => void
}

function Bars({ title, bars, isSpike, name, onPick, onPoint }: BarsProps) {
  const group = useRef<HTMLFieldSetElement>(null)
  const filled = bars.flatMap(({ count }, index) => (count > 0 ? [index] : []))
  const [active, setActive] = useState(0)
  const most = Math.max(...bars.map(({ count }) => count))
  const entry = filled.includes(active) ? active : filled[0]
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0 || entry === undefined) return
    event.preventDefault()
    const next = filled[filled.indexOf(entry) + step]
    if (next === undefined) return
    setActive(next)
    group.current?.querySelector<HTMLElement>(`[data-bar="${next}"]`)?.focus()
  }
  return (
    <fieldset
      ref={group}
      className="flex min-h-0 min-w-0 flex-1 items-stretch gap-px border-b border-edge"
      onKeyDown={onKeyDown}
      onPointerLeave={() => onPoint(null)}
    >
      <legend className="sr-only">{title}</legend>
      {bars.map((bar, index) => {
        if (bar.count === 0) return <span key={bar.fromMs} className="min-w-0 flex-1" />
        return (
          <button
            key={bar.fromMs}
            type="button"
            data-bar={index}
            tabIndex={index === entry ? 0 : -1}
            aria-label={`${name(bar)}: ${plural(bar.count, 'connection')}`}
            onClick={() => onPick(bar)}
            onFocus={() => {
              setActive(index)
              onPoint(bar)
            }}
            onBlur={() => onPoint(null)}
            onPointerEnter={() => onPoint(bar)}
            className="group flex min-w-0 flex-1 items-end"
          >
            <span
              className={cx(
                // However few bars there are, none is a wall.
                'mx-auto block w-full max-w-12 rounded-t-[2px] group-hover:opacity-80',
                isSpike(bar) ? 'bg-waiting' : 'bg-bar',
              )}
              style={{ height: `max(3px, ${(bar.count / most) * 100}%)` }}
            />
          </button>
        )
      })}
    </fieldset>
  )
}

/** Of a panel's width, about: what a letter of a label takes, and what must be free between two labels. */
const LETTER = 0.025
const TICK_LETTER = 0.032
const FREE = 0.02

interface Placed extends Mark {
  /** From 0 to 1. */
  readonly place: number
  readonly isLeft: boolean
}

/** Those within the bars whose labels do not run into one another; the spike's own before the others. */
function placed(bars: readonly Bar[], marks: readonly Mark[]): Placed[] {
  const taken: { from: number; to: number }[] = []
  return marks.flatMap((mark) => {
    const place = placeOf(bars, mark.atMs)
    if (place === null) return []
    const width = mark.label.length * LETTER + FREE
    const isLeft = place + width > 1
    const stretch = isLeft ? { from: place - width, to: place } : { from: place, to: place + width }
    if (stretch.from < 0 || taken.some(({ from, to }) => stretch.from < to && stretch.to > from)) return []
    taken.push(stretch)
    return [{ ...mark, place, isLeft }]
  })
}

function Marks({ bars, marks }: { bars: readonly Bar[]; marks: readonly Mark[] }) {
  return (
    <div className="relative h-5 shrink-0 text-tiny text-faint" aria-hidden="true">
      {placed(bars, marks).map(({ atMs, label, place, isLeft }) => (
        <span
          key={atMs}
          className={cx(
            'pointer-events-none absolute top-0 whitespace-nowrap before:absolute before:top-0 before:h-26 before:border-l before:border-dashed before:border-edge',
            isLeft ? '-translate-x-full pr-1 before:right-0' : 'pl-1 before:left-0',
          )}
          style={{ left: `${place * 100}%` }}
        >
          {label}
        </span>
      ))}
    </div>
  )
}

/** Ticks where their values are, the first of them before the others, as many as have room. */
function Axis({ bars, ticks }: { bars: readonly Bar[]; ticks: readonly Mark[] }) {
  const taken: { from: number; to: number }[] = []
  const shown = ticks.flatMap(({ atMs, label }) => {
    const place = placeOf(bars, atMs)
    if (place === null) return []
    const width = label.length * TICK_LETTER
    const from = Math.min(1 - width, Math.max(0, place - width / 2))
    const stretch = { from, to: from + width + FREE }
    if (taken.some(({ from, to }) => stretch.from < to && stretch.to > from)) return []
    taken.push(stretch)
    return [{ label, from }]
  })
  return (
    <div className="figures relative h-5 shrink-0 text-faint" aria-hidden="true">
      {shown.map(({ label, from }) => (
        <span key={label} className="absolute whitespace-nowrap" style={{ left: `${from * 100}%` }}>
          {label}
        </span>
      ))}
    </div>
  )
}
