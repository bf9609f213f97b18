'use client'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { Field } from '#components/ui/field.tsx'
import { KeyHint } from '#components/ui/key-hint.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { Composer } from './composer.tsx'
import { MessageBar } from './message-bar.tsx'
import { MessageLog } from './message-log.tsx'
import { useMessageFilter } from './use-message-filter.ts'

const views = [
  { value: 'pretty', label: 'Pretty' },
  { value: 'raw', label: 'Raw' },
  { value: 'hex', label: 'Hex' },
] as const

/** The region "Messages": what went to and fro over one connection, and a way to send more. */
export function MessagesPanel({ id, className }: { id: ConnectionId | null; className?: string }) {
  const label = useLive(selectFacet(id, 'target'))?.label
  const view = useLive((live) => live.preferences.settings.messageView)
  const [filter, setFilter] = useMessageFilter()
  return (
    <Panel
      title="Messages"
      note={label === undefined ? undefined : <span className="figures">{label}</span>}
      className={className}
      actions={
        <>
          <Field
            label="Filter messages"
            hideLabel
            placeholder="Filter"
            data-filter
            value={filter.messages}
            onChange={(event) => void setFilter({ messages: event.target.value || null })}
            end={<KeyHint>/</KeyHint>}
            size="small"
            boxClassName="w-32"
          />
          <Segmented
            label="Show messages as"
            options={views}
            value={view}
            onChange={(messageView) => liveActions.changeSettings({ messageView })}
          />
        </>
      }
    >
      <MessageBar id={id} />
      {/* Another connection is another list: nothing held or opened carries over. */}
      <MessageLog key={id} id={id} view={view} />
      <Composer id={id} />
    </Panel>
  )
}
