'use client'
import { visible } from '#lib/text/foreign.ts'
import type { RawLine } from './imports/raw-line.ts'
import type { RowList } from './row-list.ts'
import { type Column, WindowedRows } from './windowed-rows.tsx'

const columns: readonly Column<RawLine>[] = [
  { name: 'file', cell: ({ file }) => visible(file), className: 'text-soft' },
  { name: 'line', cell: ({ number }) => number.toLocaleString('en'), className: 'text-right text-faint' },
  { name: 'text', cell: ({ text }) => visible(text) },
]

const keyOf = ({ key }: RawLine): string => key

const narrow = ({ file, number, text }: RawLine) => (
  <>
    <span className="block truncate text-faint">
      {visible(file)}:{number}
    </span>
    <span className="block truncate">{visible(text)}</span>
  </>
)

/** The lines of imported logs, in the order of their files. */
export function LineList({ list, onOpen }: { list: RowList<RawLine>; onOpen: (line: RawLine) => void }) {
  return (
    <WindowedRows
      label="Lines"
      list={list}
      columns={columns}
      template="minmax(5rem,10rem) 4.75rem minmax(0,1fr)"
      keyOf={keyOf}
      openKey={null}
      onOpen={onOpen}
      narrow={narrow}
    />
  )
}
