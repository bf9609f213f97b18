'use client'
import { Segmented } from '#components/ui/segmented.tsx'

/** Whose connections are shown: those of the journal, or those that imported logs tell of, with the journal's of that time. */
export type Source = 'server' | 'imported'

const options: readonly { value: Source; label: string }[] = [
  { value: 'imported', label: 'Imported' },
  { value: 'server', label: 'This server' },
]

export function SourceChoice({ source, onChange }: { source: Source; onChange: (source: Source) => void }) {
  return (
    <Segmented label="Source" options={options} value={source} onChange={onChange} className="h-[34px]" />
  )
}
