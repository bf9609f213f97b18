'use client'
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
  return (
    <div className={liveGrid.page}>
      <LiveKeys />
      <Preload />
      <NewConnectionForm className={liveGrid.form} />
      <div className={liveGrid.grid}>
        <ConnectionsPanel className={liveGrid.connections} />
        <HeartbeatsPanel className={liveGrid.heartbeats} />
        <CriteriaPanel className={liveGrid.criteria} />
        <MessagesPanel className={liveGrid.messages} />
        <ServerEventsPanel className={liveGrid.events} />
      </div>
    </div>
  )
}
