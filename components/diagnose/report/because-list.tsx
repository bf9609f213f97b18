import { Dot } from 'lucide-react'
import { Icon } from '#components/ui/icon.tsx'
import type { Verdict } from '#lib/diagnosis/report.ts'
import { sourceWords } from './source-words.ts'

/** Each observation that the verdict rests on, and who made it. Good news and bad: the mark says neither. */
export function BecauseList({ because }: { because: Verdict['because'] }) {
  return (
    <ul className="flex flex-col gap-2.5">
      {because.map(({ says, from }) => (
        <li key={from + says} className="flex gap-2.5">
          <Icon of={Dot} className="mt-0.5 shrink-0 text-faint" />
          <span className="min-w-0">
            <span className="block font-medium wrap-anywhere">{says}</span>
            <span className="block text-soft" title={from}>
              {sourceWords(from)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
