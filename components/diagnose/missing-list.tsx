import { CauseLink } from '#components/playbook/cause-link.tsx'
import { observationWords } from '#components/playbook/observation-words.ts'
import type { Report } from '#lib/diagnosis/report.ts'

const mostShown = 4
const mostCauses = 4

/** What nobody has observed, the most telling first, and what each would settle. */
export function MissingList({ missing }: { missing: Report['missing'] }) {
  return (
    <ul className="flex list-disc flex-col gap-1 pl-4 marker:text-faint">
      {missing.slice(0, mostShown).map(({ observation, would_settle: settles }) => (
        <li key={observation}>
          {wordsOf(observation)}{' '}
          <span className="text-soft">
            would settle{' '}
            {settles.slice(0, mostCauses).map((id, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <CauseLink id={id} isInText />
              </span>
            ))}
            {settles.length > mostCauses && ` and ${settles.length - mostCauses} more`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function wordsOf(observation: string): string {
  const known: Readonly<Record<string, string>> = observationWords
  const words = known[observation] ?? observation
  return words.charAt(0).toUpperCase() + words.slice(1)
}
