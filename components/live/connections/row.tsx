'use client'
import { memo } from 'react'
import { useLive } from '#components/live/live-core.ts'
import { useSelect } from '#components/live/selection.ts'
import { type StateWords, stateWords } from '#components/live/state-words.ts'
import { WhyLink } from '#components/live/why-link.tsx'
import { Badge, toneText } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import type { ConnectionId } from '#lib/store/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { CompareButton } from './compare-button.tsx'
import { Pulse } from './pulse.tsx'
import { RetrySchedule } from './retry-schedule.tsx'
import { RowActions } from './row-actions.tsx'
import { LivingFigures, MoreFigures, SilentFigures } from './row-figures.tsx'
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
  const state = useLive(selectFacet(id, 'state'))
  const rejected = useLive((live) => live.connections[id]?.server.rejected ?? null)
  const disconnected = useLive((live) => live.connections[id]?.server.disconnected ?? null)
  const select = useSelect()
  if (target === undefined || state === undefined) return null
  const words = stateWords(state, { rejected, disconnected })
  const opened = state.phase !== 'never-opened' && state.phase !== 'refused' && state.phase !== 'blocked'
  return (
    <li
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
      {opened && <Pulse id={id} tone={words.tone} />}
      <Summary id={id} words={words} suspect={state.phase === 'suspect'} />
      {selected && <MoreFigures id={id} />}
      <RetrySchedule id={id} selected={selected} />
      <RowActions id={id} label={target.label} shown={selected} />
      {selected && <RowSwitches id={id} />}
    </li>
  )
})

function Summary({ id, words, suspect }: { id: ConnectionId; words: StateWords; suspect: boolean }) {
  if (suspect) return <SilentFigures id={id} />
  if (words.detail === null) return <LivingFigures id={id} />
  return (
    <div className="flex items-start gap-2">
      <div className="figures min-w-0 flex-1 text-soft">
        <p>{words.detail}</p>
        {words.more.map((line) => (
          <p key={line} className="text-faint break-words">
            {line}
          </p>
        ))}
      </div>
      {words.puzzling && <WhyLink id={id} />}
    </div>
  )
}
