'use client'
import { useMemo } from 'react'
import { liveActions, useLive, useSampledLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { useFiltered } from '#components/live/use-filtered.ts'
import { setEventsPaused } from '#components/live/view-state.ts'
import { Button } from '#components/ui/button.tsx'
import { formatSeconds } from '#components/ui/format.ts'
import { Empty, Failed, Skeleton } from '#components/ui/panel-states.tsx'
import { VirtualLog } from '#components/ui/virtual-log.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { FeedEntry } from '#lib/store/feed/feed-state.ts'
import { selectEventRate, selectEvents, selectFacet, selectFeedStatus } from '#lib/store/selectors.ts'
import { EventDetail, EventRow } from './event-row.tsx'
import { droppedWords } from './event-words.ts'
import { eventMatcher, isFiltering, useEventFilter } from './use-event-filter.ts'

/** Above this rate nobody reads along: the log is drawn less often, and the rest of the page stays quick. */
const floodPerSecond = 100

interface Props {
  id: ConnectionId | null
  /** Only the events of this connection, whatever the filter says. */
  alone: boolean
  paused: boolean
}

export function EventLog({ id, alone, paused }: Props) {
  const isFlood = useLive((live) => selectEventRate(live) > floodPerSecond)
  const entries = useSampledLive(selectEvents, isFlood ? 'quarter' : 'tenth')
  const trace = useLive(selectFacet(id, 'trace')) ?? null
  const [asked, setFilter] = useEventFilter()
  const mine = alone || asked.mine
  const filter = useMemo(() => ({ ...asked, mine }), [asked, mine])
  // Rows of other connections keep their place when the selection changes, unless the filter asks for it.
  const filterTrace = filter.mine ? trace : null
  const matches = useMemo(() => eventMatcher(filter, filterTrace), [filter, filterTrace])
  const view = useFiltered(entries, matches)
  return (
    <>
      {entries.dropped > 0 && (
        <p className="border-b border-line px-3.5 py-1 text-tiny text-faint">
          {droppedWords(entries.dropped)}
        </p>
      )}
      <VirtualLog<FeedEntry>
        // A changed filter is another list: what was held or open in the one before is over.
        key={JSON.stringify([filter, filterTrace])}
        label="Server events"
        view={view}
        paused={paused}
        onResume={() => setEventsPaused(false)}
        row={(entry) => <EventRow entry={entry} trace={alone ? null : trace} />}
        detail={(entry) => (
          <EventDetail
            entry={entry}
            onStory={(clientId) => void setFilter({ story: clientId, mine: null, kinds: null, events: null })}
          />
        )}
        empty={<NoEvents alone={alone} filtering={isFiltering(asked)} onClear={() => void setFilter(null)} />}
      />
    </>
  )
}

function NoEvents({
  alone,
  filtering,
  onClear,
}: {
  alone: boolean
  filtering: boolean
  onClear: () => void
}) {
  const status = useLive(selectFeedStatus)
  const now = useNow()
  if (status.phase === 'waiting')
    return (
      <Failed
        what="The server's events do not arrive."
        why={`Neither a WebSocket nor server-sent events got through. Next attempt in ${formatSeconds(Math.max(0, status.nextAttemptAt - now))}.`}
      />
    )
  if (status.phase !== 'live') return <Skeleton lines={8} />
  if (filtering)
    return <Empty action={<Button onClick={onClear}>Clear the filter</Button>}>No event matches.</Empty>
  if (alone) return <Empty>What the server sees of this connection stands here.</Empty>
  return (
    <Empty action={<Button onClick={() => liveActions.watchHeartbeat()}>Open a heartbeat</Button>}>
      Nothing has happened at the server yet.
    </Empty>
  )
}
