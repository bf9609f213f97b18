import { CauseLink } from '#components/playbook/cause-link.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { Report, Verdict } from '#lib/diagnosis/report.ts'
import { unseenOf } from '#lib/diagnosis/unseen.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { BecauseList } from './because-list.tsx'
import { certaintyTone } from './tones.ts'

const mostShown = 5

interface Props {
  verdicts: readonly Verdict[]
  missing: Report['missing']
}

/** The causes that stay open: first what speaks for all of them, then each, which unfolds to what speaks for it alone. */
export function Candidates({ verdicts, missing }: Props) {
  const more = verdicts.slice(mostShown)
  const shared = sharedBy(verdicts.slice(0, mostShown))
  return (
    <>
      <BecauseList because={shared} />
      {verdicts.length > 0 && <p className="pt-1 text-lead text-soft">Most likely first:</p>}
      <ol className="flex flex-col gap-1">
        {verdicts.slice(0, mostShown).map((verdict) => (
          <li key={verdict.cause}>
            <Candidate verdict={verdict} shared={shared} missing={missing} />
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

interface CandidateProps {
  verdict: Verdict
  shared: Verdict['because']
  missing: Report['missing']
}

/** Why it fits, what is not known of it, and what to change if it is this one. */
function Candidate({ verdict: { cause, certainty, because, fix }, shared, missing }: CandidateProps) {
  const own = because.filter(({ says }) => !shared.some((one) => one.says === says))
  const unseen = unseenOf({ missing }, cause)
  return (
    <details className="group">
      <summary className="py-1">
        <span className="inline-flex max-w-[calc(100%-1.25rem)] flex-wrap items-center gap-x-2.5 align-top font-medium">
          {causeOf(cause)?.title ?? cause}
          <Badge tone={certaintyTone[certainty]}>{certainty}</Badge>
        </span>
        {own[0] !== undefined && (
          <span className="block pl-4 text-soft wrap-anywhere group-open:hidden">{own[0].says}</span>
        )}
      </summary>
      <div className="flex flex-col gap-2 pt-1 pb-2 pl-4">
        <BecauseList because={own.length > 0 ? own : because} />
        {unseen.length > 0 && (
          <p className="text-soft wrap-anywhere">
            <span className="font-medium text-text">Not seen:</span> {unseen.join('; ')}
          </p>
        )}
        <p className="text-soft wrap-anywhere">
          <span className="font-medium text-text">If so:</span> {fix.summary}{' '}
          <CauseLink id={cause} isInText />
        </p>
      </div>
    </details>
  )
}

function sharedBy([first, ...others]: readonly Verdict[]): Verdict['because'] {
  if (first === undefined || others.length === 0) return []
  return first.because.filter(({ says }) =>
    others.every(({ because }) => because.some((one) => one.says === says)),
  )
}
