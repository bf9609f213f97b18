import { CauseLink } from '#components/playbook/cause-link.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { Verdict } from '#lib/diagnosis/report.ts'
import { certaintyTone } from './tones.ts'

const mostShown = 5

/** The causes that stay open, each with the observation that speaks for it most. */
export function Candidates({ verdicts }: { verdicts: readonly Verdict[] }) {
  const more = verdicts.slice(mostShown)
  return (
    <>
      <ol className="flex flex-col gap-2 pt-1">
        {verdicts.slice(0, mostShown).map(({ cause, certainty, because }) => (
          <li key={cause}>
            <span className="flex flex-wrap items-center gap-x-2.5 font-medium">
              <CauseLink id={cause} />
              <Badge tone={certaintyTone[certainty]}>{certainty}</Badge>
            </span>
            {because[0] && <span className="block text-soft wrap-anywhere">{because[0].says}</span>}
          </li>
        ))}
      </ol>
      {more.length > 0 && (
        <details>
          <summary className="text-soft">{more.length} more are not excluded</summary>
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
