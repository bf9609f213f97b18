'use client'
import { ListFilter, Pause, Play, X } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { useLive } from '#components/core/live-core.ts'
import { setEventsPaused, viewState } from '#components/core/view-state.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field } from '#components/ui/field.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { Zone } from '#components/ui/zone.tsx'
import { eventKinds } from '#lib/protocol/events.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { FeedStatus } from '#lib/store/feed/feed-state.ts'
import { selectEventRate, selectFeedStatus } from '#lib/store/selectors.ts'
import { foreign } from '#lib/text/foreign.ts'
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
          <Zone />
          {!alone && status.phase === 'live' && <Rate />}
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
      ? 'disconnected'
      : ''
}

/** Kind, connection, text: what the log "Server events" shows. */
function EventFilter({ alone }: { alone: boolean }) {
  const [filter, setFilter] = useEventFilter()
  return (
    <search
      aria-label="Filter server events"
      className="flex flex-col gap-2 border-b border-line px-3.5 py-2.5"
    >
      <Field
        label="Filter events"
        hideLabel
        placeholder="Path, code, origin, trace"
        value={filter.events}
        onChange={(event) => void setFilter({ events: event.target.value || null })}
        size="small"
      />
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">Kinds</legend>
        {eventKinds.map((kind) => (
          <label
            key={kind}
            className={cx(
              'figures cursor-pointer rounded-box border border-line px-1.5 text-tiny text-soft hover:text-text',
              'has-checked:border-edge has-checked:bg-raised has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-link',
            )}
          >
            <input
              type="checkbox"
              className="sr-only"
              checked={filter.kinds.includes(kind)}
              onChange={() =>
                void setFilter({
                  kinds: filter.kinds.includes(kind)
                    ? filter.kinds.filter((one) => one !== kind)
                    : [...filter.kinds, kind],
                })
              }
            />
            {kind}
          </label>
        ))}
      </fieldset>
      <div className="flex items-center justify-between gap-2">
        {!alone && (
          <Switch
            label="Selected connection only"
            checked={filter.mine}
            onChange={(event) => void setFilter({ mine: event.target.checked || null })}
          />
        )}
        {filter.service !== null && (
          <Button size="small" onClick={() => void setFilter({ service: null })} className="min-w-0">
            <span className="truncate">only {foreign(filter.service, 80)}</span> <Icon of={X} size={12} />
          </Button>
        )}
        {filter.story !== null && (
          <Button size="small" onClick={() => void setFilter({ story: null })} className="min-w-0">
            <span className="truncate">history of {foreign(filter.story, 80)}</span> <Icon of={X} size={12} />
          </Button>
        )}
      </div>
    </search>
  )
}
