'use client'
import { useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { Button } from '#components/ui/button.tsx'
import { LazyDialog } from '#components/ui/lazy-view.tsx'
import { Switch } from '#components/ui/switch.tsx'
import type { ConnectionId, PagePings } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { pagePingsDialog } from './dialogs.ts'
import { sayRefusal } from './row-actions.tsx'

/** What goes on by itself: reconnection, and the page's own pings. */
export function RowSwitches({ id }: { id: ConnectionId }) {
  const reconnects = useLive((live) => live.connections[id]?.reconnects.enabled ?? false)
  const pings = useLive(selectFacet(id, 'pagePings'))
  const [choosing, setChoosing] = useState(false)
  if (pings === undefined) return null
  return (
    <div className="flex h-6 items-center justify-between gap-3">
      <Switch
        label="Auto-reconnect"
        checked={reconnects}
        onChange={(event) => sayRefusal(liveActions.setAutoReconnect(id, event.target.checked))}
      />
      <Button look="quiet" size="small" className="-mr-1.5" onClick={() => setChoosing(true)}>
        {pingWords(pings)}
      </Button>
      {choosing && (
        <LazyDialog part={pagePingsDialog}>
          {(View) => <View id={id} pings={pings} onOpenChange={setChoosing} />}
        </LazyDialog>
      )}
    </div>
  )
}

function pingWords(pings: PagePings): string {
  if (pings.mode === 'off') return 'Page pings: off'
  return pings.mode === 'once'
    ? 'Page pings: once'
    : `Page pings: every ${Number((pings.intervalMs / 1000).toFixed(2))} s`
}
