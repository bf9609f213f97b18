'use client'
import { useEffect } from 'react'
import { live } from '#components/core/live-core.ts'
import { useSelect, useSelectedId } from '#components/core/selection.ts'
import { ConnectionsPanel } from '#components/live/connections/panel.tsx'
import { CriteriaPanel } from '#components/live/criteria/panel.tsx'
import { ServerEventsPanel } from '#components/live/events/panel.tsx'
import { HeartbeatsPanel } from '#components/live/heartbeats/panel.tsx'
import { MessagesPanel } from '#components/live/messages/panel.tsx'
import { NewConnectionForm } from '#components/live/new-connection/form.tsx'
import { isPlainKey } from '#components/shell/hotkeys.tsx'
import { WhyHost } from '#components/why/why-host.tsx'
import { liveGrid } from './live-grid.ts'
import { Preload } from './preload.tsx'

export function LivePanels() {
  const selected = useSelectedId()
  return (
    <div className={liveGrid.page}>
      <LiveKeys />
      <Preload />
      <WhyHost />
      <NewConnectionForm className={liveGrid.form} />
      <div className={liveGrid.grid}>
        <ConnectionsPanel selected={selected} className={liveGrid.connections} />
        <HeartbeatsPanel id={selected} className={liveGrid.heartbeats} />
        <CriteriaPanel id={selected} className={liveGrid.criteria} />
        <MessagesPanel id={selected} className={liveGrid.messages} />
        <ServerEventsPanel id={selected} className={liveGrid.events} />
      </div>
    </div>
  )
}

/** The keys of the Live page's list: j and k move through the connections. */
function LiveKeys() {
  const selected = useSelectedId()
  const select = useSelect()
  useEffect(() => {
    const undo = new AbortController()
    const move = (step: number) => {
      const ids = live.store.getState().connectionIds
      const at = selected === null ? -1 : ids.indexOf(selected)
      const next = ids[Math.min(ids.length - 1, Math.max(0, at + step))]
      if (next === undefined) return
      select(next)
      document.querySelectorAll<HTMLElement>('[data-row-button]')[ids.indexOf(next)]?.focus()
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return
      if (event.key === 'j') move(1)
      else if (event.key === 'k') move(-1)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown, { signal: undo.signal })
    return () => undo.abort()
  }, [selected, select])
  return null
}
