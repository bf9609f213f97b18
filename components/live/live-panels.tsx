'use client'
import { useEffect } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { useSelect, useSelectedId } from '#components/core/selection.ts'
import { listState, pick } from '#components/live/connections/list/list-state.ts'
import { ConnectionsPanel } from '#components/live/connections/panel.tsx'
import { CriteriaPanel } from '#components/live/criteria/panel.tsx'
import { ServerEventsPanel } from '#components/live/events/panel.tsx'
import { HeartbeatsPanel } from '#components/live/heartbeats/panel.tsx'
import { MessagesPanel } from '#components/live/messages/panel.tsx'
import { NewConnectionForm } from '#components/live/new-connection/form.tsx'
import { isPlainKey } from '#components/shell/hotkeys.tsx'
import { cx } from '#components/ui/cx.ts'
import { WhyHost } from '#components/why/why-host.tsx'
import { FirstQuestion } from './first-question.tsx'
import { liveGrid } from './live-grid.ts'
import { Preload } from './preload.tsx'

export function LivePanels() {
  const selected = useSelectedId()
  const isBlank = selected === null
  return (
    <div className={liveGrid.page}>
      <LiveKeys />
      <Preload />
      <WhyHost />
      <NewConnectionForm className={liveGrid.form} />
      <div className={cx(liveGrid.grid, isBlank ? liveGrid.headless : liveGrid.headed)}>
        <ConnectionsPanel selected={selected} className={liveGrid.connections} />
        <div className={cx(liveGrid.middle, !isBlank && liveGrid.second)}>
          {isBlank ? <FirstQuestion className={liveGrid.question} /> : <Instruments id={selected} />}
        </div>
        <div className={cx(liveGrid.right, !isBlank && liveGrid.third)}>
          <CriteriaPanel id={selected} className={liveGrid.criteria} />
          <ServerEventsPanel id={selected} className={liveGrid.events} />
        </div>
      </div>
    </div>
  )
}

function Instruments({ id }: { id: string }) {
  const isQuiet = useLive((live) => {
    const row = live.connections[id]
    return row !== undefined && row.target.endpoint === null && row.pagePings.mode === 'off'
  })
  return (
    <>
      <HeartbeatsPanel id={id} className={isQuiet ? liveGrid.quietHeartbeats : liveGrid.heartbeats} />
      <MessagesPanel id={id} className={liveGrid.messages} />
    </>
  )
}

/** The keys of the Live page's list: j and k move through the connections, x picks one. */
function LiveKeys() {
  const selected = useSelectedId()
  const select = useSelect()
  useEffect(() => {
    const undo = new AbortController()
    const move = (step: number) => {
      const { shown } = listState.getState()
      const at = selected === null ? -1 : shown.indexOf(selected)
      const next = shown[Math.min(shown.length - 1, Math.max(0, at + step))]
      if (next === undefined) return
      select(next)
      document.querySelector<HTMLElement>(`[data-row-button="${CSS.escape(next)}"]`)?.focus()
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return
      const isOnRow = event.target instanceof HTMLElement && event.target.matches('[data-row-button]')
      if (event.key === 'j' || (isOnRow && event.key === 'ArrowDown')) move(1)
      else if (event.key === 'k' || (isOnRow && event.key === 'ArrowUp')) move(-1)
      else if (event.key === 'x' && selected !== null) {
        pick(selected, !listState.getState().picked.has(selected), event.shiftKey)
      } else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown, { signal: undo.signal })
    return () => undo.abort()
  }, [selected, select])
  return null
}
