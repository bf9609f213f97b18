'use client'
import { liveActions } from '#components/core/live-core.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatClock, formatLogTime } from '#components/ui/format.ts'
import { LogRow } from '#components/ui/log-row.tsx'
import type { EventEntry, FeedEntry, GapEntry } from '#lib/store/feed/feed-state.ts'
import { clientIdOf, eventFields, eventTone, eventWords, gapWords, traceOf } from './event-words.ts'

/** A line of "Server events": an event, or a gap that can be filled. */
export function EventRow({ entry, trace }: { entry: FeedEntry; trace: string | null }) {
  if (entry.type === 'gap') return <GapRow gap={entry} />
  const { event } = entry
  const marked = trace !== null && traceOf(event) === trace
  return (
    <LogRow
      time={formatLogTime(entry.at)}
      word={event.kind}
      tone={eventTone(event)}
      wordClassName="w-[12ch]"
      text={eventWords(event)}
      marked={marked}
    />
  )
}

function GapRow({ gap }: { gap: GapEntry }) {
  const running = gap.filling.status === 'running'
  return (
    <div className="figures flex h-[22px] items-center gap-3 border-y border-dashed border-edge px-3.5 text-waiting">
      <span className="shrink-0 text-faint">{formatLogTime(gap.at)}</span>
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
        {running ? 'Fetching' : gap.filling.status === 'failed' ? 'Try again' : 'Fetch them'}
      </Button>
    </div>
  )
}

interface DetailProps {
  entry: FeedEntry
  onStory: (clientId: string) => void
}

/** An opened event: every field it has, and the way to the whole story of its connection. */
export function EventDetail({ entry, onStory }: DetailProps) {
  if (entry.type === 'gap') return null
  const clientId = clientIdOf(entry.event)
  return (
    <div className="flex flex-col gap-2 bg-raised px-3.5 pt-1 pb-3">
      <Fields entry={entry} />
      <div className="flex gap-1.5">
        {clientId !== null && <Button onClick={() => onStory(clientId)}>Whole story</Button>}
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
