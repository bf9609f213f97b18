'use client'
import { ChartSpline, Check } from 'lucide-react'
import { type ChangeEvent, type CSSProperties, memo, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { useLive } from '#components/core/live-core.ts'
import { useSelect } from '#components/core/selection.ts'
import { useCompared } from '#components/live/chart-connections.ts'
import { useStateWords } from '#components/live/connections/connection-story.tsx'
import { Pulse } from '#components/live/connections/pulse.tsx'
import { type Tone, toneText } from '#components/ui/badge.tsx'
import { IconButton } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { RowDetails } from './details.tsx'
import { listState, pick } from './list-state.ts'
import { Drops, RowCells } from './row-cells.tsx'
import { StateDot } from './state-dot.tsx'

interface Props {
  id: ConnectionId
  selected: boolean
  /** Where it is seen, and how far that is from where it stands in the page. */
  place: number
  shift: number
  /** The keyboard enters the list here. */
  isEntry: boolean
  /** Beyond the first few, which is all that a phone shows unasked. */
  isRest: boolean
}

/**
 * One connection, one line; the selected one with its details, which stand beside the list where there is room. Its
 * parts read their own slices: a beat renders its strip and its figures, nothing else.
 */
export const ConnectionRow = memo(function ConnectionRow({
  id,
  selected,
  place,
  shift,
  isEntry,
  isRest,
}: Props) {
  const target = useLive(selectFacet(id, 'target'))
  const words = useStateWords(id)
  const select = useSelect()
  const line = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const isToFocus = useStore(listState, (state) => state.toFocus === id)
  useEffect(() => {
    if (selected && line.current !== null) revealInList(line.current)
  }, [selected])
  useEffect(() => {
    if (!isToFocus) return
    button.current?.focus()
    listState.setState({ toFocus: null })
  }, [isToFocus])
  if (target === undefined || words === undefined) return null
  const { label, url } = target
  return (
    <li
      data-selected={selected || undefined}
      style={{ '--place': place, '--shift': shift } as CSSProperties}
      className={cx('max-lg:order-(--place)', isRest && !selected && 'max-md:hidden')}
    >
      <div
        ref={line}
        className={cx(
          'group figures relative flex h-(--row) select-none items-center gap-2 border-b border-line px-3',
          'lg:translate-y-[calc(var(--row)*var(--shift))]',
          selected
            ? `bg-raised shadow-[inset_2px_0_currentColor] ${toneText[words.tone]}`
            : 'hover:bg-raised/50',
        )}
      >
        <Pick id={id} label={label} tone={words.tone} isEntry={isEntry} />
        <button
          ref={button}
          type="button"
          aria-pressed={selected}
          tabIndex={isEntry ? 0 : -1}
          onClick={() => select(id)}
          title={[url, words.word, words.detail].filter(Boolean).join('\n')}
          data-row-button={id}
          className="flex min-w-0 flex-1 text-left font-medium text-text after:absolute after:inset-0"
        >
          <Name label={label} />
        </button>
        <Drops id={id} />
        {!selected && <CompareButton id={id} />}
        <Pulse id={id} tone={words.tone} className="h-5 w-16 shrink-0 broad:w-30" />
        <RowCells id={id} words={words} />
      </div>
      {selected && <RowDetails id={id} target={target} words={words} />}
    </li>
  )
})

/** What tells a row from its neighbours stays in sight: of a host and a path the host is cut first, of a query its end. */
function Name({ label }: { label: string }) {
  const at = label.search(/[/?]/)
  const [host, path] = at < 0 ? [label, ''] : [label.slice(0, at), label.slice(at)]
  return (
    <>
      {host !== '' && <span className="min-w-0 truncate">{host}</span>}
      <span className={cx('shrink-0 truncate', host === '' ? 'max-w-full' : 'max-w-[calc(100%-5ch)]')}>
        {path}
      </span>
    </>
  )
}

interface PickProps {
  id: ConnectionId
  label: string
  tone: Tone
  isEntry: boolean
}

/** The state of the row, and where the pointer is, the box by which it is picked. */
function Pick({ id, label, tone, isEntry }: PickProps) {
  const isPicked = useStore(listState, (state) => state.picked.has(id))
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const { nativeEvent } = event
    pick(id, event.target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
  }
  return (
    <label
      className={cx(
        'relative z-1 -mx-1 flex size-4.5 shrink-0 cursor-pointer items-center justify-center',
        'pointer-coarse:-mx-3 pointer-coarse:size-11',
      )}
    >
      <input
        type="checkbox"
        aria-label={`Select ${label}`}
        tabIndex={isEntry ? 0 : -1}
        checked={isPicked}
        onChange={onChange}
        // Over its picture, not beside it: a click with Shift on a label may select text instead.
        className="peer absolute inset-0 m-0 size-full cursor-pointer appearance-none outline-none"
      />
      <StateDot tone={tone} className="group-hover:hidden peer-checked:hidden peer-focus-visible:hidden" />
      <span
        aria-hidden
        className={cx(
          'hidden size-3.5 items-center justify-center rounded-[3px] border border-faint text-transparent',
          'group-hover:flex peer-checked:flex peer-focus-visible:flex',
          'peer-checked:border-text peer-checked:bg-text peer-checked:text-ground',
          'peer-focus-visible:outline-2 peer-focus-visible:outline-link',
        )}
      >
        <Icon of={Check} size={12} />
      </span>
    </label>
  )
}

/** What was just opened is seen, below however many others. The page itself stays where its reader is. */
function revealInList(line: HTMLElement): void {
  const list = line.closest('ul')
  if (list === null || list.scrollHeight <= list.clientHeight) return
  const seen = list.getBoundingClientRect()
  const { top, bottom } = line.getBoundingClientRect()
  if (top < seen.top) list.scrollTop += top - seen.top
  else if (bottom > seen.bottom) list.scrollTop += bottom - seen.bottom
}

/**
 * Draws a connection in the chart beside the selected one. Seen when pointed at, and while it is drawn; by keyboard rows
 * are picked and compared together.
 */
function CompareButton({ id }: { id: ConnectionId }) {
  const [compared, toggle] = useCompared()
  const drawn = compared.includes(id)
  return (
    <IconButton
      label="Compare in the chart"
      aria-pressed={drawn}
      tabIndex={drawn ? 0 : -1}
      onClick={() => toggle(id)}
      className={cx('relative z-1 -my-1 size-6', !drawn && 'not-group-hover:hidden')}
    >
      <Icon of={ChartSpline} size={14} />
    </IconButton>
  )
}
