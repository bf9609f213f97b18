'use client'
import { ArrowDown, ArrowUp, Dot } from 'lucide-react'
import { useMemo } from 'react'
import { useSampledLive } from '#components/core/live-core.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { cx } from '#components/ui/cx.ts'
import { formatBytes, formatClock, formatMs, formatTime, plural } from '#components/ui/format.ts'
import { Icon } from '#components/ui/icon.tsx'
import { Empty } from '#components/ui/panel-states.tsx'
import { VirtualLog } from '#components/ui/virtual-log.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { LogEntry, NoteEntry } from '#lib/store/connection/message-log.ts'
import { createRingFilter } from '#lib/store/kit/filtered-view.ts'
import { emptyView } from '#lib/store/kit/ring.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { visibleLines } from '#lib/text/foreign.ts'
import { fullText, type MessageView, rowText } from './entry-text.ts'
import { messageMatcher, useMessageFilter } from './use-message-filter.ts'

const nothing = emptyView<LogEntry>()

export function MessageLog({ id, view }: { id: ConnectionId | null; view: MessageView }) {
  const entries = useSampledLive(selectFacet(id, 'log'), 'tenth') ?? nothing
  const [filter] = useMessageFilter()
  const ringFilter = useMemo(() => createRingFilter(messageMatcher(filter)), [filter])
  const shown = ringFilter(entries)
  return (
    <>
      {entries.dropped > 0 && (
        <p className="border-b border-line px-3.5 py-1 text-tiny text-faint">
          {plural(entries.dropped, 'older entry', 'older entries')} left the page to make room.
        </p>
      )}
      <VirtualLog<LogEntry>
        key={JSON.stringify(filter)}
        label="Messages"
        view={shown}
        row={(entry) => <MessageRow entry={entry} view={view} />}
        detail={(entry) => <MessageDetail entry={entry} view={view} />}
        empty={
          <Empty>
            {id === null
              ? 'Messages sent and received on this connection appear here.'
              : entries.length === 0
                ? 'No messages yet.'
                : 'No messages match the filter.'}
          </Empty>
        }
      />
    </>
  )
}

const noteTones = {
  neutral: 'text-soft',
  alive: 'text-alive',
  waiting: 'text-waiting',
  dead: 'text-dead',
} satisfies Record<NoteEntry['tone'], string>

const faces = {
  in: { icon: ArrowDown, name: 'received', className: 'text-alive' },
  out: { icon: ArrowUp, name: 'sent', className: 'text-link' },
  note: { icon: Dot, name: 'note', className: 'text-faint' },
}

/** A line of the log "Messages": direction, time, Δt, size, and as much of the message as fits. */
function MessageRow({ entry, view }: { entry: LogEntry; view: MessageView }) {
  const face = faces[entry.type === 'note' ? 'note' : entry.direction]
  return (
    <div className="figures flex h-[1.375rem] items-center gap-2.5 px-3.5" title={formatClock(entry.at)}>
      <span className={cx('shrink-0', face.className)}>
        <Icon of={face.icon} size={14} />
        <span className="sr-only">{face.name}</span>
      </span>
      <span className="shrink-0 text-faint">
        {formatTime(entry.at)}
        <span className="max-broad:hidden">{formatClock(entry.at).slice(8)}</span>
      </span>
      <span className="w-[8ch] shrink-0 truncate text-faint">
        {entry.deltaMs !== null && `+${formatMs(entry.deltaMs)}`}
      </span>
      {entry.type === 'message' && (
        <span className="w-[7ch] shrink-0 truncate text-right text-soft max-sm:hidden">
          {formatBytes(entry.sizeBytes)}
        </span>
      )}
      <span
        className={cx(
          'min-w-0 flex-1 truncate',
          entry.type === 'note' ? noteTones[entry.tone] : entry.isPing && 'text-soft',
        )}
      >
        {entry.type === 'message' && entry.payload.opcode === 'binary' && (
          <span className="mr-2 text-faint">binary</span>
        )}
        {rowText(entry, view)}
      </span>
    </div>
  )
}

/** An opened message: the whole of what was kept. */
function MessageDetail({ entry, view }: { entry: LogEntry; view: MessageView }) {
  if (entry.type === 'note') return null
  const text = fullText(entry, view)
  return (
    <div className="flex flex-col gap-2 bg-raised px-3.5 pt-1 pb-3">
      <pre className="figures max-h-80 overflow-auto whitespace-pre-wrap break-all">{visibleLines(text)}</pre>
      <div className="flex items-center gap-2">
        <CopyButton text={text} what="Message" />
        <span className="figures text-faint">
          {entry.payload.opcode}, {formatBytes(entry.sizeBytes)}
          {entry.truncated && ', only its beginning was kept'}
          {entry.rttMs !== null && `, answered after ${formatMs(entry.rttMs)}`}
        </span>
      </div>
    </div>
  )
}
