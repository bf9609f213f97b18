'use client'
import { Copy, Download, Ellipsis, type LucideIcon, Trash2 } from 'lucide-react'
import { type RefObject, useId, useRef, useState } from 'react'
import { exportHar } from '#components/core/export-har.ts'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { Button, buttonClass, IconButton } from '#components/ui/button.tsx'
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
  const more = useId()
  const menu = useRef<HTMLDivElement>(null)
  return (
    <fieldset
      aria-label={`Actions for ${label}`}
      className="-mx-2 flex flex-wrap items-center max-md:-mx-1 max-md:basis-full"
    >
      <Button
        look="quiet"
        size="small"
        className={narrow}
        disabled={!closable}
        onClick={() => sayRefusal(liveActions.close(id))}
      >
        Close
      </Button>
      <Button
        look="quiet"
        size="small"
        className={narrow}
        disabled={!closable}
        onClick={() => setDialog('close')}
      >
        Close with…
      </Button>
      <Button
        look="quiet"
        size="small"
        className={narrow}
        onClick={() => sayRefusal(liveActions.reconnect(id))}
      >
        Reconnect
      </Button>
      <DiagnoseLink id={id} className={narrow} />
      <div
        ref={menu}
        id={more}
        popover="auto"
        className="max-md:fixed max-md:inset-x-3 max-md:top-auto max-md:bottom-[calc(4.375rem+env(safe-area-inset-bottom))] max-md:m-0 max-md:w-auto max-md:rounded-box max-md:border max-md:border-edge max-md:bg-panel max-md:p-1.5 max-md:text-inherit md:static md:flex md:items-center md:bg-transparent md:text-inherit"
      >
        <Further name="Copy as…" icon={Copy} menu={menu} onClick={() => setDialog('copy')} />
        <Further name="Export as HAR" icon={Download} menu={menu} onClick={() => void exportHar([id])} />
      </div>
      <IconButton
        label="Remove"
        className="size-6 max-md:ml-auto max-md:pointer-coarse:w-8"
        onClick={(event) => {
          focusNeighbour(event.currentTarget)
          liveActions.remove(id)
        }}
      >
        <Icon of={Trash2} size={14} />
      </IconButton>
      {/* On a phone the rest is behind one button, so that all stand in one line. The browser opens it, as in the navigation. */}
      <IconButton label="More actions" popoverTarget={more} className="size-6 md:hidden pointer-coarse:w-8">
        <Icon of={Ellipsis} size={14} />
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

/** Six beside each other from 360 px on. */
const narrow = 'max-md:px-1'

interface FurtherProps {
  name: string
  icon: LucideIcon
  menu: RefObject<HTMLElement | null>
  onClick: () => void
}

/** An action that a phone shows in a menu, with its name, and wider screens as its icon in the line of the others. */
function Further({ name, icon, menu, onClick }: FurtherProps) {
  return (
    <button
      type="button"
      title={name}
      onClick={() => {
        if (menu.current?.matches(':popover-open')) menu.current.hidePopover()
        onClick()
      }}
      className={cx(
        buttonClass('quiet', 'small'),
        'max-md:h-11 max-md:w-full max-md:justify-start max-md:gap-3 max-md:px-3 max-md:text-body',
        'md:size-6 md:px-0 md:pointer-coarse:size-11',
      )}
    >
      <Icon of={icon} size={14} />
      <span className="md:sr-only">{name}</span>
    </button>
  )
}
