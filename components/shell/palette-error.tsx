'use client'
import { Command } from 'cmdk'
import { useDiagnose } from '#components/diagnose/use-diagnose.ts'
import { takesAll } from './palette-filter.ts'
import { PaletteItem } from './palette-item.tsx'

/** Two words are a search, three may be one, and so many are what a program printed. */
const wordsOfSearch = 2
const wordsOfMessage = 5

/** All that many people have: the number that the browser showed. */
const closeCode = /\b[1-4]\d{3}\b/

interface Props {
  typed: string
  /** What was pasted whole: a field of one line keeps its first only. */
  pasted: string | null
  then: (act: () => void) => () => void
}

/** The command "Diagnose this text", for an error message, log lines or whatever else was pasted. */
export function ErrorGroup({ typed, pasted, then }: Props) {
  const diagnose = useDiagnose()
  const text = pasted ?? typed
  const words = text.trim().split(/\s+/).length
  if (words <= wordsOfSearch && pasted === null && !closeCode.test(typed)) return null
  const isSure = pasted !== null || words >= wordsOfMessage
  const lines = text.trim().split('\n').length
  return (
    <Command.Group heading="Diagnose">
      <PaletteItem
        value={`diagnose this text: ${typed}`}
        keywords={[isSure ? takesAll.first : takesAll.last]}
        onSelect={then(() => diagnose(text))}
      >
        <span className="shrink-0">
          {lines === 1 ? 'Diagnose this text' : `Diagnose these ${lines.toLocaleString('en')} lines`}
        </span>
        <span className="figures truncate">{text.trim().slice(0, 200)}</span>
      </PaletteItem>
    </Command.Group>
  )
}
