'use client'
import { Bell } from 'lucide-react'
import { useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { useSelect } from '#components/core/selection.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { plural } from '#components/ui/format.ts'
import { Icon } from '#components/ui/icon.tsx'
import { LazyDialog } from '#components/ui/lazy-view.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Empty } from '#components/ui/panel-states.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectConnectionIds, selectRestoreOffers } from '#lib/store/selectors.ts'
import { alertsDialog } from './dialogs.ts'
import { RecordedConnections } from './recorded.tsx'
import { ConnectionRow } from './row.tsx'

/** The list "Connections": any number at once, in the order of opening. */
export function ConnectionsPanel({
  selected,
  className,
}: {
  selected: ConnectionId | null
  className?: string
}) {
  const ids = useLive(selectConnectionIds)
  return (
    <Panel
      title="Connections"
      note={ids.length > 0 ? <span className="figures">{ids.length}</span> : undefined}
      className={className}
      actions={
        <>
          <AlertsButton />
          <Button disabled={ids.length === 0} onClick={() => liveActions.reconnectAll()}>
            Reconnect all
          </Button>
        </>
      }
    >
      <RestoreOffer />
      {ids.length === 0 ? (
        // Above the middle of a tall panel, on one line with the sentences beside it.
        <div className="flex max-h-[300px] flex-1 flex-col">
          <FirstVisit />
        </div>
      ) : (
        <ul aria-label="Connections" className="min-h-0 flex-1 overflow-y-auto">
          {ids.map((id) => (
            <ConnectionRow key={id} id={id} selected={id === selected} />
          ))}
        </ul>
      )}
      <RecordedConnections />
    </Panel>
  )
}

/** How drops are told while nobody looks. */
function AlertsButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <IconButton label="Alerts" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon of={Bell} />
      </IconButton>
      {isOpen && <LazyDialog part={alertsDialog}>{(View) => <View onOpenChange={setOpen} />}</LazyDialog>}
    </>
  )
}

function FirstVisit() {
  const select = useSelect()
  return (
    <Empty
      action={
        <Button look="primary" size="large" onClick={() => select(liveActions.watchHeartbeat())}>
          Watch a heartbeat
        </Button>
      }
    >
      No connections yet. Enter your server’s URL above, or watch a demo connection.
    </Empty>
  )
}

/** The connections of the last visit: offered, never opened without asking. */
function RestoreOffer() {
  const offers = useLive(selectRestoreOffers)
  if (offers.length === 0) return null
  return (
    <div className="flex flex-col gap-2 border-b border-line px-3.5 py-2.5">
      <p className="text-soft" title={offers.map((offer) => offer.url).join('\n')}>
        {plural(offers.length, 'connection was', 'connections were')} open at your last visit.
      </p>
      <div className="flex gap-1.5">
        <Button onClick={() => liveActions.acceptRestore()}>Open again</Button>
        <Button look="quiet" onClick={() => liveActions.dismissRestore()}>
          Dismiss
        </Button>
      </div>
    </div>
  )
}
