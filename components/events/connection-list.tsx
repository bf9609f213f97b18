'use client'
import { useMemo } from 'react'
import { now } from '#components/core/now.ts'
import { toneText } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import { formatMoment } from '#components/ui/format.ts'
import { foreign } from '#lib/text/foreign.ts'
import { ageWords, type ConnectionRow, silenceWords, whoWords, wordOf } from './connection-row.ts'
import { isOfSpike, type Spike } from './reading.ts'
import type { RowList } from './row-list.ts'
import { type Column, WindowedRows } from './windowed-rows.tsx'

interface Props {
  list: RowList<ConnectionRow>
  /** Of the silences: rows of it were cut by an idle timer. */
  spike: Spike | null
  /** Several servers tell of them: which did is told too. */
  areSeveral: boolean
  openKey: string | null
  onOpen: (row: ConnectionRow) => void
}

/** How connections ended, newest first. */
export function ConnectionList({ list, spike, areSeveral, openKey, onOpen }: Props) {
  const { columns, narrow } = useMemo(() => viewOf(spike, areSeveral), [spike, areSeveral])
  return (
    <WindowedRows
      label="Connections"
      list={list}
      columns={columns}
      template={`${template}${areSeveral ? ' minmax(5.5rem,1fr)' : ''}`}
      keyOf={keyOf}
      openKey={openKey}
      onOpen={onOpen}
      narrow={narrow}
    />
  )
}

const template = '7.25rem 5.75rem minmax(5.5rem,3fr) 8rem 4.75rem 2.5rem minmax(5.5rem,2fr)'

const keyOf = ({ key }: ConnectionRow): string => key

const momentOf = ({ atMs }: ConnectionRow): string => (atMs === null ? '–' : formatMoment(atMs, now()))

function viewOf(spike: Spike | null, areSeveral: boolean) {
  const instanceOf = ({ instance }: ConnectionRow): string => foreign(instance ?? '–', 100)
  const columns: readonly Column<ConnectionRow>[] = [
    { name: 'closed', cell: momentOf, className: 'text-faint' },
    { name: 'verdict', cell: (row) => <Word row={row} spike={spike} /> },
    { name: 'path', cell: ({ path }) => foreign(path, 300) || '–' },
    { name: 'age', cell: ageWords, className: 'text-soft' },
    { name: 'silence', cell: silenceWords, isRight: true },
    { name: 'code', cell: ({ code }) => code ?? '–', isRight: true },
    { name: 'who', cell: whoWords, className: 'text-soft' },
    ...(areSeveral ? [{ name: 'instance', cell: instanceOf, className: 'text-faint' }] : []),
  ]
  const narrow = (row: ConnectionRow) => (
    <>
      <span className="flex gap-2.5">
        <span className="text-faint">{momentOf(row)}</span>
        <Word row={row} spike={spike} />
        <span className="min-w-0 truncate">{foreign(row.path, 300)}</span>
        <span className="ml-auto">{row.code}</span>
      </span>
      <span className="block truncate text-soft">
        {ageWords(row)}
        {row.silenceMs !== null && `, silent ${silenceWords(row)}`}, {whoWords(row)}
        {areSeveral && `, on ${instanceOf(row)}`}
      </span>
    </>
  )
  return { columns, narrow }
}

function Word({ row, spike }: { row: ConnectionRow; spike: Spike | null }) {
  const { word, tone } = wordOf(row, isOfSpike(spike, row.silenceMs))
  return <span className={cx('whitespace-nowrap', toneText[tone])}>{word}</span>
}
