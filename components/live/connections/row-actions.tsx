'use client'
import { Copy, Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { exportHar } from '#components/core/export-har.ts'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { LazyDialog } from '#components/ui/lazy-view.tsx'
import { say } from '#components/ui/toast-queue.ts'
import type { ConnectionId, Refusal } from '#lib/store/connection/connection.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import { DiagnoseLink } from './diagnose-link.tsx'
import { closeDialog, copyAsDialog } from './dialogs.ts'

/** Says what an action refused, if it did. */
export function sayRefusal(refusal: Refusal | null): void {
  if (refusal !== null) say(refusal.says, 'dead')
}

/** The row is about to go: whoever works by keyboard goes on in the one beside it, or types the next URL. */
function focusNeighbour(button: HTMLElement): void {
  const row = button.closest('li')
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling
  const next =
    neighbour?.querySelector<HTMLElement>('[data-row-button]') ??
    document.querySelector<HTMLElement>('input[name=url]')
  next?.focus()
}

/** What can be done with a connection. */
export function RowActions({ id, label }: { id: ConnectionId; label: string }) {
  const phase = useLive((live) => live.connections[id]?.state.phase)
  const over = useLive((live) => {
    const state = live.connections[id]?.state
    return state === undefined || isOver(state)
  })
  const [dialog, setDialog] = useState<'none' | 'close' | 'copy'>('none')
  const closable = !over && phase !== 'closing'
  const dismiss = (open: boolean) => setDialog((now) => (open ? now : 'none'))
  return (
    <fieldset aria-label={`Actions for ${label}`} className="-mx-2 flex flex-wrap items-center">
      <Button
        look="quiet"
        size="small"
        disabled={!closable}
        onClick={() => sayRefusal(liveActions.close(id))}
      >
        Close
      </Button>
      <Button look="quiet" size="small" disabled={!closable} onClick={() => setDialog('close')}>
        Close with…
      </Button>
      <Button look="quiet" size="small" onClick={() => sayRefusal(liveActions.reconnect(id))}>
        Reconnect
      </Button>
      <DiagnoseLink id={id} />
      <IconButton label="Copy as…" className="size-6" onClick={() => setDialog('copy')}>
        <Icon of={Copy} size={14} />
      </IconButton>
      <IconButton label="Export as HAR" className="size-6" onClick={() => void exportHar([id])}>
        <Icon of={Download} size={14} />
      </IconButton>
      <IconButton
        label="Remove"
        className="size-6"
        onClick={(event) => {
          focusNeighbour(event.currentTarget)
          liveActions.remove(id)
        }}
      >
        <Icon of={Trash2} size={14} />
      </IconButton>
      {dialog === 'close' && (
        <LazyDialog part={closeDialog}>{(View) => <View id={id} onOpenChange={dismiss} />}</LazyDialog>
      )}
      {dialog === 'copy' && (
        <LazyDialog part={copyAsDialog}>{(View) => <View id={id} onOpenChange={dismiss} />}</LazyDialog>
      )}
    </fieldset>
  )
}
