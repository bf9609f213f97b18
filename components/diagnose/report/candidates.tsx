import { CauseLink } from '#components/playbook/cause-link.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { Verdict } from '#lib/diagnosis/report.ts'
import { BecauseList } from './because-list.tsx'
import { certaintyTone } from './tones.ts'

const mostShown = 5

/** The causes that stay open: first what speaks for all of them, then each with what speaks for it alone. */
export function Candidates({ verdicts }: { verdicts: readonly Verdict[] }) {
  const more = verdicts.slice(mostShown)
  const shared = sharedBy(verdicts.slice(0, mostShown))
  const ownOf = ({ because }: Verdict) => because.find(({ says }) => !shared.some((one) => one.says === says))
  return (
    <>
      <BecauseList because={shared} />
      <ol className="flex flex-col gap-2 pt-1">
        {verdicts.slice(0, mostShown).map((verdict) => (
          <li key={verdict.cause}>
            <span className="flex flex-wrap items-center gap-x-2.5 font-medium">
              <CauseLink id={verdict.cause} />
              <Badge tone={certaintyTone[verdict.certainty]}>{verdict.certainty}</Badge>
            </span>
            <span className="block text-soft wrap-anywhere">{ownOf(verdict)?.says}</span>
          </li>
        ))}
      </ol>
      {more.length > 0 && (
        <details>
          <summary className="text-soft">{more.length} more possible</summary>
          <ul className="flex flex-col gap-1 pt-1.5">
            {more.map(({ cause }) => (
              <li key={cause}>
                <CauseLink id={cause} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function sharedBy([first, ...others]: readonly Verdict[]): Verdict['because'] {
  if (first === undefined || others.length === 0) return []
  return first.because.filter(({ says }) =>
    others.every(({ because }) => because.some((one) => one.says === says)),
  )
}
