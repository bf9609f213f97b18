'use client'
import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { formatTime } from '#components/ui/format.ts'
import { Icon } from '#components/ui/icon.tsx'
import { KeyHint } from '#components/ui/key-hint.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { spanWords } from './bars.ts'
import { eventsGrid } from './events-grid.ts'
import { noWords, type RangeName, readWords, writeWords } from './filter.ts'
import type { useFilter } from './use-filter.ts'

const rangeOptions: readonly { value: RangeName; label: string; name: string }[] = [
  { value: '15m', label: '15 min', name: 'last 15 minutes' },
  { value: '24h', label: '24 h', name: 'last 24 hours' },
  { value: '7d', label: '7 d', name: 'last 7 days' },
  { value: 'all', label: 'All', name: 'all there is' },
]

/** The filter: words in a field, how far back, and what the bars added. */
export function FilterBar({
  filter,
  children,
}: {
  filter: ReturnType<typeof useFilter>
  children: ReactNode
}) {
  const { asked, range, at, set } = filter
  return (
    <search
      aria-label="Filter"
      className={`flex flex-wrap items-center gap-2 rounded-box border border-line bg-panel p-2.5 ${eventsGrid.bar}`}
    >
      <FilterField filter={filter} />
      <Segmented
        label="Range"
        options={rangeOptions}
        value={at === null ? range : ('' as RangeName)}
        onChange={(range) => void set({ range, at: null })}
        className="h-[34px]"
      />
      {asked.silence && (
        <Chip
          label={`silence ${spanWords(asked.silence.fromMs, asked.silence.toMs)}`}
          onRemove={() => void set({ silence: null })}
        />
      )}
      {asked.age && (
        <Chip
          label={`age ${spanWords(asked.age.fromMs, asked.age.toMs)}`}
          onRemove={() => void set({ age: null })}
        />
      )}
      {at && (
        <Chip
          label={`${formatTime(at.fromMs)} to ${formatTime(at.toMs)}`}
          onRemove={() => void set({ at: null })}
        />
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">{children}</div>
    </search>
  )
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button
      size="large"
      look="quiet"
      onClick={onRemove}
      aria-label={`Remove: ${label}`}
      className="bg-raised"
    >
      <span className="figures">{label}</span> <Icon of={X} size={12} />
    </Button>
  )
}

/** Typed words are the address at once; what the address says otherwise is shown when one is done typing. */
function FilterField({ filter: { asked, set } }: { filter: ReturnType<typeof useFilter> }) {
  const written = writeWords(asked)
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Field
      data-filter
      label="Filter"
      hideLabel
      type="search"
      placeholder="Filter: kind, path, code, trace"
      title="path:/ws code:1006 cause:origin kind:rejected client: instance: trace: or any text"
      value={typed ?? written}
      onChange={({ target: { value } }) => {
        setTyped(value)
        void set({ ...noWords, ...readWords(value) })
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') void set({ ...noWords }).then(() => setTyped(null))
      }}
      end={<KeyHint>/</KeyHint>}
      boxClassName="min-w-56 flex-1 md:max-w-[420px]"
    />
  )
}
