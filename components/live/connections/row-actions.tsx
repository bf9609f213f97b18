'use client'
import { Copy, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
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

/** The row is about to go: whoever works by keyboard goes on in the one beside it. */
function focusNeighbour(button: HTMLElement): void {
  const row = button.closest('li')
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling
  neighbour?.querySelector<HTMLElement>('[data-row-button]')?.focus()
}

/** What can be done with a connection. Always reachable by keyboard; seen where the row is selected or pointed at. */
export function RowActions({ id, label, shown }: { id: ConnectionId; label: string; shown: boolean }) {
  const phase = useLive((live) => live.connections[id]?.state.phase)
  const over = useLive((live) => {
    const state = live.connections[id]?.state
    return state === undefined || isOver(state)
  })
  const [dialog, setDialog] = useState<'none' | 'close' | 'copy'>('none')
  const closable = !over && phase !== 'closing'
  const dismiss = (open: boolean) => setDialog((now) => (open ? now : 'none'))
  return (
    <fieldset
      aria-label={`Actions for ${label}`}
      className={cx(
        'z-1 flex items-center',
        shown
          ? 'relative -mx-2'
          : 'absolute right-2.5 bottom-1.5 rounded-box bg-raised opacity-0 transition-opacity duration-100 group-hover:opacity-100 focus-within:opacity-100',
      )}
    >
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
