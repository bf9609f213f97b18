'use client'
import { Bell, CircleX, Eraser } from 'lucide-react'
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
import { focusRow } from './list/list-state.ts'
import { ConnectionRow } from './list/row.tsx'
import { ListToolbar } from './list/toolbar.tsx'
import { useList } from './list/use-list.ts'
import { RecordedConnections } from './recorded.tsx'

interface Props {
  selected: ConnectionId | null
  className?: string
}

/** The list "Connections": any number at once, a line each; what failed comes first where there are many. */
export function ConnectionsPanel({ selected, className }: Props) {
  const count = useLive((live) => live.connectionIds.length)
  return (
    <Panel
      title="Connections"
      note={count > 0 ? <span className="figures">{count}</span> : undefined}
      className={className}
      actions={
        count > 0 && (
          <>
            <AlertsButton />
            <BulkActions />
          </>
        )
      }
    >
      <RestoreOffer />
      <Summary />
      {count === 0 ? <FirstVisit /> : <Rows selected={selected} />}
      <RecordedConnections />
    </Panel>
  )
}

/** As many as a phone shows unasked. */
const firstRows = 5

function Rows({ selected }: { selected: ConnectionId | null }) {
  const { ids, places, count, counts, hold } = useList()
  const [isWhole, setWhole] = useState(false)
  const entry = selected !== null && places.has(selected) ? selected : ids[0]
  return (
    <>
      {/* From the second row on, so that picking one does not move the rows under the pointer. */}
      {count > 1 && <ListToolbar count={count} counts={counts} />}
      {ids.length === 0 && <Empty>No connections match the filter.</Empty>}
      <ul
        aria-label="Connections"
        onPointerEnter={() => hold(true)}
        onPointerLeave={() => hold(false)}
        className={
          ids.length === 0
            ? 'hidden'
            : 'flex min-h-0 flex-col [--row:1.75rem] md:overflow-y-auto lg:flex-1 pointer-coarse:[--row:2.75rem]'
        }
      >
        {ids.map((id, index) => {
          const place = places.get(id) ?? index
          return (
            <ConnectionRow
              key={id}
              id={id}
              selected={id === selected}
              place={place}
              shift={place - index}
              isEntry={id === entry}
              isRest={!isWhole && place >= firstRows}
            />
          )
        })}
      </ul>
      {ids.length > firstRows && (
        <Button look="quiet" className="m-2 md:hidden" onClick={() => setWhole((was) => !was)}>
          {isWhole ? `Show ${firstRows}` : `Show all ${ids.length}`}
        </Button>
      )}
    </>
  )
}

/** One polite sentence in place of one for each row. */
function Summary() {
  const words = useLive((live) => {
    const rows = Object.values(live.connections)
    const dropped = rows.filter(({ state, losses }) => losses.kept.at(-1)?.state === state).length
    return dropped === 0 ? '' : `${dropped} of ${rows.length} dropped`
  })
  return (
    <p role="status" aria-label="Dropped connections" className="sr-only">
      {words}
    </p>
  )
}

/** What can be done with all of them. */
function BulkActions() {
  const ids = useLive(selectConnectionIds)
  return (
    <>
      {ids.length > 1 && (
        <>
          <IconButton label="Close all" onClick={() => liveActions.closeAll()}>
            <Icon of={CircleX} />
          </IconButton>
          <IconButton label="Remove closed" onClick={() => liveActions.removeAll()}>
            <Icon of={Eraser} />
          </IconButton>
        </>
      )}
      <Button onClick={() => liveActions.reconnectAll()}>Reconnect all</Button>
    </>
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
  const watch = () => {
    const id = liveActions.watchHeartbeat()
    select(id)
    focusRow(id)
  }
  return (
    <Empty
      picture={<FlatPulse />}
      action={
        <Button size="large" onClick={watch}>
          Watch a heartbeat
        </Button>
      }
    >
      No connections yet. Enter your server’s URL above, or watch a demo connection.
    </Empty>
  )
}

/** What a row would draw, of nobody: no state, so no colour of one. */
function FlatPulse() {
  return (
    <svg viewBox="0 0 240 44" aria-hidden="true" className="h-11 w-60 max-w-full text-edge">
      <path
        d="M0 30h34l3-5 4-20 5 34 3-9h42l3-5 4-20 5 34 3-9h42l3-5 4-20 5 34 3-9h74"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
    </svg>
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
