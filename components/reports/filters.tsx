'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field, fieldBox } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import type { ReportCount } from '#lib/api/reports.ts'
import type { Outcome } from '#lib/diagnosis/report.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { visible } from '#lib/text/foreign.ts'
import { isDay, isFiltering, longestText, noFilter, outcomes, type ReportFilter } from './report-query.ts'
import type { useReportFilter } from './use-report-filter.ts'

const names = {
  healthy: 'Healthy',
  fault: 'Fault',
  undetermined: 'Undetermined',
} satisfies Record<Outcome, string>

interface Props {
  filter: ReportFilter
  onChange: ReturnType<typeof useReportFilter>[1]
  /** Of all that the other filters let through. */
  counts: readonly ReportCount[]
}

/** What the list is narrowed to. Each choice says how many reports it has. */
export function Filters({ filter, onChange, counts }: Props) {
  const { text, target, outcome, cause, from, to } = filter
  const ofCause = counts.filter((count) => cause === null || count.cause === cause)
  const options = [
    { value: 'all' as const, label: `All ${totalOf(ofCause)}` },
    ...outcomes.map((value) => ({
      value,
      label: `${names[value]} ${totalOf(ofCause.filter((count) => count.outcome === value))}`,
    })),
  ]
  const [isOpen, setOpen] = useState(false)
  const others = [target, cause, from, to].filter(Boolean).length
  return (
    <search className="flex flex-wrap items-center gap-2 border-b border-line px-3.5 py-2.5">
      <Field
        label="Search"
        placeholder="403, nginx, idle…"
        title="Words of the URL, the answer and its evidence"
        maxLength={longestText}
        value={text}
        onChange={(event) => onChange({ text: event.target.value || null })}
        boxClassName="grow basis-56"
        data-filter=""
      />
      <Segmented
        label="Outcome"
        options={options}
        value={outcome ?? 'all'}
        onChange={(picked) => onChange({ outcome: picked === 'all' ? null : picked })}
        className="h-[34px] max-sm:w-full"
      />
      {isFiltering(filter) && (
        <Button look="quiet" size="large" className="max-sm:order-last" onClick={() => onChange(noFilter)}>
          Clear filters
        </Button>
      )}
      {/* On a phone the list comes first. */}
      <Button
        look="quiet"
        size="large"
        aria-expanded={isOpen}
        onClick={() => setOpen((was) => !was)}
        className="sm:hidden"
      >
        {others > 0 ? `More filters (${others})` : 'More filters'}
      </Button>
      <div className={cx('flex basis-full flex-wrap gap-2', !isOpen && 'max-sm:hidden')}>
        <Field
          label="URL"
          placeholder="host or path"
          maxLength={longestText}
          value={target}
          onChange={(event) => onChange({ target: event.target.value || null })}
          boxClassName="grow basis-48"
        />
        <CauseSelect
          cause={cause}
          counts={counts.filter((count) => outcome === null || count.outcome === outcome)}
          onPick={(picked) => onChange({ cause: picked })}
        />
        <Day label="From" value={from} onPick={(day) => onChange({ from: day })} />
        <Day label="To" value={to} onPick={(day) => onChange({ to: day })} />
      </div>
    </search>
  )
}

export const totalOf = (counts: readonly ReportCount[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0)

function Day({
  label,
  value,
  onPick,
}: {
  label: string
  value: string
  onPick: (day: string | null) => void
}) {
  return (
    <Field
      type="date"
      label={label}
      value={isDay(value) ? value : ''}
      onChange={(event) => onPick(event.target.value || null)}
      boxClassName="max-sm:grow max-sm:basis-40"
    />
  )
}

interface CauseProps {
  cause: string | null
  counts: readonly ReportCount[]
  onPick: (cause: string | null) => void
}

/** The causes that there are, most reports first. */
function CauseSelect({ cause, counts, onPick }: CauseProps) {
  const found = new Map<string, number>()
  for (const { cause: id, count } of counts) if (id !== undefined) found.set(id, (found.get(id) ?? 0) + count)
  if (cause !== null && !found.has(cause)) found.set(cause, 0)
  const sorted = [...found].sort(([, a], [, b]) => b - a)
  return (
    <label className={cx(fieldBox, 'h-[34px] max-w-full grow basis-56 pointer-coarse:h-11')}>
      <span className="shrink-0 text-faint">Cause</span>
      <select
        value={cause ?? ''}
        onChange={(event) => onPick(event.target.value || null)}
        className="min-w-0 flex-1 self-stretch bg-ground outline-none"
      >
        <option value="">any</option>
        {sorted.map(([id, count]) => (
          <option key={id} value={id}>
            {causeOf(id)?.title ?? visible(id)} ({count})
          </option>
        ))}
      </select>
    </label>
  )
}
