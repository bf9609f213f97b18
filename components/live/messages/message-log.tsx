'use client'
import { useMemo } from 'react'
import { useSampledLive } from '#components/core/live-core.ts'
import { useFiltered } from '#components/live/use-filtered.ts'
import { plural } from '#components/ui/format.ts'
import { Empty } from '#components/ui/panel-states.tsx'
import { VirtualLog } from '#components/ui/virtual-log.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { LogEntry } from '#lib/store/connection/message-log.ts'
import { emptyView } from '#lib/store/kit/ring.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import type { MessageView } from './entry-text.ts'
import { MessageDetail, MessageRow } from './message-row.tsx'
import { messageMatcher, useMessageFilter } from './use-message-filter.ts'

const nothing = emptyView<LogEntry>()

export function MessageLog({ id, view }: { id: ConnectionId | null; view: MessageView }) {
  const entries = useSampledLive(selectFacet(id, 'log'), 'tenth') ?? nothing
  const [filter] = useMessageFilter()
  const matches = useMemo(() => messageMatcher(filter), [filter])
  const shown = useFiltered(entries, matches)
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
              ? 'Messages of the connection stand here, sent and received.'
              : entries.length === 0
                ? 'Nothing was sent or received yet.'
                : 'No message matches.'}
          </Empty>
        }
      />
    </>
  )
}
