'use client'
import { ChartSpline } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { useSelect } from '#components/core/selection.ts'
import { useCompared } from '#components/live/chart-connections.ts'
import { Badge, toneText } from '#components/ui/badge.tsx'
import { IconButton } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { ConnectionStory, useStateWords } from './connection-story.tsx'
import { RowActions } from './row-actions.tsx'
import { RowSwitches } from './row-switches.tsx'

/** One connection. Its parts read their own slices: a beat renders its strip and its figures, nothing else. */
export const ConnectionRow = memo(function ConnectionRow({
  id,
  selected,
}: {
  id: ConnectionId
  selected: boolean
}) {
  const target = useLive(selectFacet(id, 'target'))
  const words = useStateWords(id)
  const select = useSelect()
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (selected && row.current !== null) revealInList(row.current)
  }, [selected])
  if (target === undefined || words === undefined) return null
  return (
    <li
      ref={row}
      data-selected={selected || undefined}
      className={cx(
        'group relative flex flex-col gap-1.5 border-b border-line py-2.5 pr-3.5 pl-3.5',
        selected
          ? `bg-raised shadow-[inset_2px_0_currentColor] ${toneText[words.tone]}`
          : 'hover:bg-raised/50',
      )}
    >
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-pressed={selected}
          onClick={() => select(id)}
          title={target.url}
          data-row-button
          className="figures min-w-0 flex-1 truncate text-left font-medium text-text after:absolute after:inset-0"
        >
          {target.label}
        </button>
        {!selected && <CompareButton id={id} />}
        <span aria-live="polite" className="flex shrink-0">
          <Badge tone={words.tone}>{words.word}</Badge>
        </span>
      </div>
      <ConnectionStory id={id} words={words} whole={selected} />
      <RowActions id={id} label={target.label} shown={selected} />
      {selected && <RowSwitches id={id} />}
    </li>
  )
})

/** What was just opened is seen, below however many others. The page itself stays where its reader is. */
function revealInList(row: HTMLElement): void {
  const list = row.parentElement
  if (list === null) return
  const seen = list.getBoundingClientRect()
  const { top, bottom } = row.getBoundingClientRect()
  if (top < seen.top) list.scrollTop += top - seen.top
  else if (bottom > seen.bottom) list.scrollTop += Math.min(bottom - seen.bottom, top - seen.top)
}

/** Draws a connection in the chart beside the selected one. Seen when pointed at, and while it is drawn. */
function CompareButton({ id }: { id: ConnectionId }) {
  const [compared, toggle] = useCompared()
  const drawn = compared.includes(id)
  return (
    <IconButton
      label="Compare in the chart"
      aria-pressed={drawn}
      onClick={() => toggle(id)}
      className={cx(
        'relative -my-1 transition-opacity',
        !drawn && 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100',
      )}
    >
      <Icon of={ChartSpline} />
    </IconButton>
  )
}
