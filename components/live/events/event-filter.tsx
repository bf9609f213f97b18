'use client'
import { X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field } from '#components/ui/field.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { eventKinds } from '#lib/protocol/events.ts'
import { useEventFilter } from './use-event-filter.ts'

/** Kind, connection, text: what the log "Server events" shows. */
export function EventFilter({ alone }: { alone: boolean }) {
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
        {filter.story !== null && (
          <Button size="small" onClick={() => void setFilter({ story: null })} className="min-w-0">
            <span className="truncate">story of {filter.story}</span> <Icon of={X} size={12} />
          </Button>
        )}
      </div>
    </search>
  )
}
