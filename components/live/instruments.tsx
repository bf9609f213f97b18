'use client'
import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'
import { WhyHost } from '#components/why/why-host.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { ConnectionPanel } from './connections/connection-panel.tsx'
import { CriteriaPanel } from './criteria/panel.tsx'
import { ServerEventsPanel } from './events/panel.tsx'
import { HeartbeatsPanel } from './heartbeats/panel.tsx'
import { MessagesPanel } from './messages/panel.tsx'
import { Preload } from './preload.tsx'

interface Props {
  /** The one connection that is shown; null before there is one. */
  connectionId: ConnectionId | null
  /** Shows the success criteria too; `idleMs` shortens the playbook's 30 s, and the criterion says so. */
  criteria?: boolean | { idleMs: number }
  /** False where the panel "Connection" stands elsewhere on the page. */
  connection?: boolean
  /** Stands in the panel "Connection" while there is none. */
  empty?: ReactNode
  className?: string
}

/**
 * The Live page's panels for exactly one connection: its state and pulse, heartbeats, criteria, server events and
 * messages. They fit the room they are given: side by side from 48 rem on, else one below the other.
 */
export function Instruments({
  connectionId: id,
  criteria = false,
  connection = true,
  empty,
  className,
}: Props) {
  return (
    <div className={cx('@container min-w-0', className)}>
      <Preload />
      <WhyHost />
      <div className="grid gap-3 @3xl:grid-cols-6">
        {connection && (
          <ConnectionPanel
            id={id}
            empty={empty}
            className="min-h-[13.75rem] @3xl:col-span-2 @3xl:h-[22.5rem] @max-3xl:max-h-[22.5rem]"
          />
        )}
        <HeartbeatsPanel
          id={id}
          className={cx('h-[22.5rem]', connection ? '@3xl:col-span-4' : '@3xl:col-span-6')}
        />
        {criteria !== false && (
          <CriteriaPanel
            id={id}
            idleMs={criteria === true ? undefined : criteria.idleMs}
            className="@3xl:col-span-2 @3xl:h-[25rem]"
          />
        )}
        <ServerEventsPanel
          id={id}
          alone
          className={cx(
            'max-md:min-h-[12.5rem] md:h-[22.5rem]',
            criteria === false ? '@3xl:col-span-3' : '@3xl:col-span-4 md:@3xl:h-[25rem]',
          )}
        />
        <MessagesPanel
          id={id}
          className={cx(
            'max-md:min-h-[20rem] md:h-[22.5rem]',
            criteria === false ? '@3xl:col-span-3' : '@3xl:col-span-6',
          )}
        />
      </div>
    </div>
  )
}
