'use client'
import { useMemo, useRef } from 'react'
import { shareLink } from '#components/api/share.ts'
import { liveActions, useLive, useSampledLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { setEventsPaused } from '#components/core/view-state.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatClock, formatSeconds, formatTime } from '#components/ui/format.ts'
import { LogRow } from '#components/ui/log-row.tsx'
import { Empty, Failed, Skeleton } from '#components/ui/panel-states.tsx'
import { VirtualLog } from '#components/ui/virtual-log.tsx'
import { Instances } from '#lib/protocol/instances.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { EventEntry, FeedEntry, GapEntry } from '#lib/store/feed/feed-state.ts'
import { createRingFilter } from '#lib/store/kit/filtered-view.ts'
import type { RingView } from '#lib/store/kit/ring.ts'
import { selectEventRate, selectEvents, selectFacet, selectFeedStatus } from '#lib/store/selectors.ts'
import { foreign } from '#lib/text/foreign.ts'
import {
  clientIdOf,
  droppedWords,
  eventFields,
  eventTone,
  eventWords,
  gapWords,
  serviceOf,
  traceOf,
} from './event-words.ts'
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
  const ringFilter = useMemo(() => createRingFilter(eventMatcher(filter, filterTrace)), [filter, filterTrace])
  const view = ringFilter(entries)
  const areSeveral = useAreSeveral(entries)
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
        row={(entry) => <EventRow entry={entry} trace={alone ? null : trace} areSeveral={areSeveral} />}
        detail={(entry) => (
          <EventDetail
            entry={entry}
            onStory={(clientId) => void setFilter({ story: clientId, mine: null, kinds: null, events: null })}
            onService={(service) => void setFilter({ service })}
          />
        )}
        empty={<NoEvents alone={alone} filtering={isFiltering(asked)} onClear={() => void setFilter(null)} />}
      />
    </>
  )
}

/** Whether several servers wrote them, in turns. Each event is looked at once. */
function useAreSeveral(entries: RingView<FeedEntry>): boolean {
  const looked = useRef({ instances: new Instances(), upTo: 0 })
  // What was written anew is looked at anew.
  if (entries.firstSeq > looked.current.upTo)
    looked.current = { instances: new Instances(), upTo: entries.firstSeq }
  const { instances, upTo } = looked.current
  const end = entries.firstSeq + entries.length
  for (let seq = Math.max(upTo, entries.firstSeq); seq < end; seq++) {
    const entry = entries.bySeq(seq)
    if (entry?.type === 'event') instances.add(entry.event)
  }
  looked.current.upTo = end
  return instances.areSeveral
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
        what="The server’s events do not arrive."
        why={`Neither a WebSocket nor server-sent events got through. Next attempt in ${formatSeconds(Math.max(0, status.nextAttemptAt - now))}.`}
      />
    )
  if (status.phase !== 'live') return <Skeleton lines={8} />
  if (filtering)
    return (
      <Empty action={<Button onClick={onClear}>Clear the filter</Button>}>No events match the filter.</Empty>
    )
  if (alone) return <Empty>What the server sees of this connection appears here.</Empty>
  return (
    <Empty action={<Button onClick={() => liveActions.watchHeartbeat()}>Open a demo connection</Button>}>
      No server events yet.
    </Empty>
  )
}

interface EventRowProps {
  entry: FeedEntry
  trace: string | null
  areSeveral: boolean
}

/** A line of "Server events": an event, or a gap that can be filled. */
function EventRow({ entry, trace, areSeveral }: EventRowProps) {
  if (entry.type === 'gap') return <GapRow gap={entry} />
  const { event } = entry
  const marked = trace !== null && traceOf(event) === trace
  return (
    <LogRow
      time={formatTime(entry.at)}
      word={event.kind}
      tone={eventTone(event)}
      wordClassName="w-[12ch]"
      text={<Parts of={eventWords(event, areSeveral)} />}
      marked={marked}
    />
  )
}

/** As many of the parts as have room, each of them whole: what has none begins a second line, which is not seen. */
function Parts({ of: [first, ...others] }: { of: readonly string[] }) {
  return (
    <span className="flex h-5 flex-wrap gap-x-[1ch] overflow-hidden">
      <span className="max-w-full truncate">{first}</span>
      {others.map((part, index) => (
        // Parts do not change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells two alike apart
        <span key={index} className="max-w-full truncate text-soft">
          {` ${part}`}
        </span>
      ))}
    </span>
  )
}

function GapRow({ gap }: { gap: GapEntry }) {
  const running = gap.filling.status === 'running'
  return (
    <div className="figures flex h-[22px] items-center gap-3 border-y border-dashed border-edge px-3.5 text-waiting">
      <span className="shrink-0 text-faint">{formatTime(gap.at)}</span>
      <span className="min-w-0 flex-1 truncate">
        {gap.filling.status === 'failed' ? gap.filling.says : gapWords(gap.cause)}
      </span>
      <Button
        look="quiet"
        size="small"
        className="h-5"
        disabled={running}
        onClick={(event) => {
          event.stopPropagation()
          void liveActions.fillGap(gap.key)
        }}
      >
        {running ? 'Fetching' : gap.filling.status === 'failed' ? 'Try again' : 'Load them'}
      </Button>
    </div>
  )
}

interface DetailProps {
  entry: FeedEntry
  onStory: (clientId: string) => void
  onService: (service: string) => void
}

/** An opened event: every field it has, and the way to the whole story of its connection. */
function EventDetail({ entry, onStory, onService }: DetailProps) {
  if (entry.type === 'gap') return null
  const service = serviceOf(entry.event)
  const clientId = clientIdOf(entry.event)
  return (
    <div className="flex flex-col gap-2 bg-raised px-3.5 pt-1 pb-3">
      <Fields entry={entry} />
      <div className="flex flex-wrap gap-1.5">
        {clientId !== null && <Button onClick={() => onStory(clientId)}>Full history</Button>}
        {clientId !== null && (
          <Button
            title="A link for a colleague without the access token: this connection, live"
            onClick={() => void shareLink({ client_id: clientId })}
          >
            Share read-only
          </Button>
        )}
        {service !== null && <Button onClick={() => onService(service)}>Only {foreign(service, 40)}</Button>}
        <CopyButton text={() => JSON.stringify(entry.event)} what="Event" />
      </div>
    </div>
  )
}

function Fields({ entry }: { entry: EventEntry }) {
  return (
    <dl className="figures grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
      <dt className="text-faint">time</dt>
      <dd>{formatClock(entry.at)}</dd>
      {eventFields(entry.event).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="break-all">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
