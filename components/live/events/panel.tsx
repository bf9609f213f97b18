'use client'
import { ListFilter, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { useLive } from '#components/core/live-core.ts'
import { setEventsPaused, viewState } from '#components/live/view-state.ts'
import { IconButton } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { FeedStatus } from '#lib/store/feed/feed-state.ts'
import { selectEventRate, selectFeedStatus } from '#lib/store/selectors.ts'
import { EventFilter } from './event-filter.tsx'
import { EventLog } from './event-log.tsx'
import { isFiltering, useEventFilter } from './use-event-filter.ts'

interface Props {
  /** Its rows are marked, and can be asked for alone. */
  id: ConnectionId | null
  /** Nobody else's events are of interest where the panel stands. */
  alone?: boolean
  className?: string
}

/** The region "Server events": what the server did, as it happens, and through which door it is being read. */
export function ServerEventsPanel({ id, alone = false, className }: Props) {
  const status = useLive(selectFeedStatus)
  const paused = useStore(viewState, (view) => view.eventsPaused)
  const [filter] = useEventFilter()
  const [asked, setAsked] = useState(false)
  const shown = asked || isFiltering(filter)
  return (
    <Panel
      title="Server events"
      note={<span aria-live="polite">{alone ? aloneWords(status) : transportWords(status)}</span>}
      className={className}
      actions={
        <>
          {!alone && <Rate />}
          <IconButton label="Filter" aria-expanded={shown} onClick={() => setAsked((now) => !now)}>
            <Icon of={ListFilter} />
          </IconButton>
          <IconButton
            label={paused ? 'Resume' : 'Pause'}
            aria-pressed={paused}
            onClick={() => setEventsPaused(!paused)}
          >
            <Icon of={paused ? Play : Pause} />
          </IconButton>
        </>
      }
    >
      {shown && <EventFilter alone={alone} />}
      <EventLog id={id} alone={alone} paused={paused} />
    </Panel>
  )
}

function Rate() {
  const rate = useLive(selectEventRate)
  return <span className="figures text-faint">{rate}/s</span>
}

function aloneWords(status: FeedStatus): string {
  return status.phase === 'live' ? 'of this connection' : transportWords(status)
}

function transportWords(status: FeedStatus): string {
  if (status.phase === 'live') return status.via
  return status.phase === 'connecting'
    ? `connecting, ${status.via}`
    : status.phase === 'waiting'
      ? 'cut off'
      : ''
}
