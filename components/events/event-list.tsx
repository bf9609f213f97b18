'use client'
import { useMemo } from 'react'
import { now } from '#components/core/now.ts'
import { eventTone, eventWords } from '#components/live/events/event-words.ts'
import { toneText } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import { formatMoment } from '#components/ui/format.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { foreign } from '#lib/text/foreign.ts'
import type { RowList } from './row-list.ts'
import { type Column, WindowedRows } from './windowed-rows.tsx'

interface Props {
  list: RowList<DiagnosticEvent>
  /** Several servers wrote them: which did is told too. */
  areSeveral: boolean
  onOpen: (event: DiagnosticEvent) => void
}

const Kind = ({ event }: { event: DiagnosticEvent }) => {
  const tone = eventTone(event)
  return (
    <span className={cx('whitespace-nowrap', tone === 'plain' ? 'text-soft' : toneText[tone])}>
      {event.kind}
    </span>
  )
}

const columns: readonly Column<DiagnosticEvent>[] = [
  { name: 'time', cell: ({ at }) => formatMoment(at * 1000, now()), className: 'text-faint' },
  { name: 'kind', cell: (event) => <Kind event={event} /> },
  { name: 'what', cell: (event) => eventWords(event).join('  ') },
  {
    name: 'client',
    cell: ({ client_id: id }) => foreign(typeof id === 'string' ? id : '', 60),
    className: 'text-faint',
  },
]

const instanceOf = ({ instance }: DiagnosticEvent): string => foreign(instance, 100)

const withInstance = [...columns, { name: 'instance', cell: instanceOf, className: 'text-faint' }]

const keyOf = ({ id }: DiagnosticEvent): string => id

const narrowOf = (areSeveral: boolean) => (event: DiagnosticEvent) => (
  <>
    <span className="flex gap-2.5">
      <span className="text-faint">{formatMoment(event.at * 1000, now())}</span>
      <Kind event={event} />
    </span>
    <span className="block truncate text-soft">
      {[...eventWords(event), ...(areSeveral ? [`on ${instanceOf(event)}`] : [])].join(' ')}
    </span>
  </>
)

/** All that the server wrote, newest first. */
export function EventList({ list, areSeveral, onOpen }: Props) {
  const narrow = useMemo(() => narrowOf(areSeveral), [areSeveral])
  return (
    <WindowedRows
      label="Events"
      list={list}
      columns={areSeveral ? withInstance : columns}
      template={`7.25rem 6.25rem minmax(0,1fr) minmax(0,9.5rem)${areSeveral ? ' minmax(0,9.5rem)' : ''}`}
      keyOf={keyOf}
      openKey={null}
      onOpen={onOpen}
      narrow={narrow}
    />
  )
}
