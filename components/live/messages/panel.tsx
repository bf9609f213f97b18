'use client'
import { Copy, Download, Trash2 } from 'lucide-react'
import { live, liveActions, useLive } from '#components/core/live-core.ts'
import { IconButton } from '#components/ui/button.tsx'
import { copyText } from '#components/ui/copy-button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { KeyHint } from '#components/ui/key-hint.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { Zone } from '#components/ui/zone.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { exportLines } from '#lib/store/connection/export-lines.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { Composer } from './composer.tsx'
import { MessageLog } from './message-log.tsx'
import { directions, messageMatcher, useMessageFilter } from './use-message-filter.ts'

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

const labels = { all: 'All', in: 'In', out: 'Out' }
const options = directions.map((value) => ({ value, label: labels[value] }))

/** Which messages, and what to do with them: copy, export as JSON lines, clear. */
function MessageBar({ id }: { id: ConnectionId | null }) {
  const [filter, setFilter] = useMessageFilter()
  const lines = () => {
    const log = id === null ? undefined : live.store.getState().connections[id]?.log
    return exportLines([...(log ?? [])].filter(messageMatcher(filter)))
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 border-b border-line px-3.5 py-1.5">
      <Segmented
        label="Direction"
        options={options}
        value={filter.direction}
        onChange={(direction) => void setFilter({ direction: direction === 'all' ? null : direction })}
      />
      <Switch
        label="Hide page pings"
        checked={filter.nopings}
        onChange={(event) => void setFilter({ nopings: event.target.checked || null })}
      />
      <div className="ml-auto flex items-center">
        <Zone />
        <IconButton
          label="Copy messages"
          disabled={id === null}
          onClick={() => void copyText(lines(), 'Messages')}
        >
          <Icon of={Copy} />
        </IconButton>
        <IconButton label="Export as JSON lines" disabled={id === null} onClick={() => download(lines())}>
          <Icon of={Download} />
        </IconButton>
        <IconButton
          label="Clear messages"
          disabled={id === null}
          onClick={() => id !== null && liveActions.clearLog(id)}
        >
          <Icon of={Trash2} />
        </IconButton>
      </div>
    </div>
  )
}

function download(text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }))
  link.download = `messages-${new Date().toISOString().replaceAll(':', '-')}.jsonl`
  link.click()
  URL.revokeObjectURL(link.href)
}
