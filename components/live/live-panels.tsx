'use client'
import { useSelectedId } from '#components/core/selection.ts'
import { ConnectionsPanel } from './connections/panel.tsx'
import { CriteriaPanel } from './criteria/panel.tsx'
import { ServerEventsPanel } from './events/panel.tsx'
import { HeartbeatsPanel } from './heartbeats/panel.tsx'
import { liveGrid } from './live-grid.ts'
import { LiveKeys } from './live-keys.tsx'
import { MessagesPanel } from './messages/panel.tsx'
import { NewConnectionForm } from './new-connection/form.tsx'
import { Preload } from './preload.tsx'

export function LivePanels() {
  const selected = useSelectedId()
  return (
    <div className={liveGrid.page}>
      <LiveKeys />
      <Preload />
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
