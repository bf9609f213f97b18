import { CircleCheck } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { CauseLink } from '#components/playbook/cause-link.tsx'
import { InlineText } from '#components/playbook/inline-text.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { missingWords } from '#lib/diagnosis/missing.ts'
import type { Verdict as OneVerdict, Report } from '#lib/diagnosis/report.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { BecauseList } from './because-list.tsx'
import { Candidates } from './candidates.tsx'
import { certaintyTone } from './tones.ts'

interface Props {
  report: Report
  /** A quiet word beside the title: what it rests on. */
  note?: ReactNode
  actions?: ReactNode
  className?: string
}

/**
 * The region "Verdict": the answer in one sentence, how sure it is, why, and what would make it surer. The fix has
 * a panel of its own (`Fix`), and so has what was ruled out (`RuledOut`).
 */
export function Verdict({ report, note, actions, className }: Props) {
  const { outcome, missing, warnings, failed_checks: failed } = report
  const notes = [
    ...warnings.map(({ id, says }) => ({ key: id, says })),
    ...failed.map(({ cause, error }) => ({ key: cause, says: `The check for ${cause} failed: ${error}` })),
  ]
  return (
    <Panel title="Verdict" note={note} actions={actions} className={className}>
      <div className="flex flex-col gap-3.5 px-5 py-4">
        <Answer report={report} />
        {outcome !== 'healthy' && missing.length > 0 && (
          <Part title={outcome === 'fault' ? 'What would make it surer' : 'What would settle it'}>
            <MissingList missing={missing} />
          </Part>
        )}
        {notes.length > 0 && (
          <Part title="Worth knowing">
            <ul className="flex list-disc flex-col gap-1 pl-4 text-soft marker:text-faint">
              {notes.map(({ key, says }) => (
                <li key={key} className="wrap-anywhere">
                  {says}
                </li>
              ))}
            </ul>
          </Part>
        )}
      </div>
    </Panel>
  )
}

function Answer({ report: { outcome, verdicts } }: { report: Report }) {
  const [first] = verdicts
  if (outcome === 'healthy') {
    return (
      <Headline badge={<Badge tone="alive">healthy</Badge>} title="Nothing failed.">
        <p className="flex items-center gap-2 text-lead text-soft">
          <Icon of={CircleCheck} className="shrink-0 text-alive" />
          Everything that was observed went as it should.
        </p>
      </Headline>
    )
  }
  if (outcome === 'fault' && first !== undefined) return <Fault verdict={first} others={verdicts.slice(1)} />
  return (
    <Headline badge={<Badge tone="waiting">undetermined</Badge>} title="More than one cause fits.">
      <p className="text-lead text-soft">
        What was observed does not tell {verdicts.length === 0 ? 'the causes' : 'these'} apart. The likeliest
        stands first.
      </p>
      <Candidates verdicts={verdicts} />
    </Headline>
  )
}

function Fault({ verdict, others }: { verdict: OneVerdict; others: readonly OneVerdict[] }) {
  const { cause, certainty, because } = verdict
  const known = causeOf(cause)
  return (
    <>
      <Headline
        title={`${known?.title ?? cause}.`}
        badge={<Badge tone={certaintyTone[certainty]}>{certainty}</Badge>}
      >
        {known && (
          <p className="text-lead text-soft wrap-anywhere">
            <InlineText>{known.symptom}</InlineText> <ArticleLink id={cause} />
          </p>
        )}
      </Headline>
      <BecauseList because={because} />
      {others.length > 0 && (
        <p className="text-soft">
          Also in question:{' '}
          {others.map((other, index) => (
            <span key={other.cause}>
              {index > 0 && ', '}
              <CauseLink id={other.cause} isInText /> ({other.certainty})
            </span>
          ))}
        </p>
      )}
    </>
  )
}

function ArticleLink({ id }: { id: string }) {
  return (
    <Link
      href={`/playbook/${id}`}
      prefetch={false}
      className="text-link underline decoration-edge underline-offset-2"
    >
      What happens on the wire
    </Link>
  )
}

function Headline({ title, badge, children }: { title: string; badge: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-title font-semibold">
        {title}
        {badge}
      </h3>
      {children}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line pt-3">
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      {children}
    </section>
  )
}

/** What nobody has observed, the most telling first, and what each would settle. */
function MissingList({ missing }: { missing: Report['missing'] }) {
  return (
    <ul className="flex list-disc flex-col gap-1 pl-4 marker:text-faint">
      {missingWords(missing).map(({ what, causes, more }) => (
        <li key={what}>
          {what}{' '}
          <span className="text-soft">
            would settle{' '}
            {causes.map((id, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <CauseLink id={id} isInText />
              </span>
            ))}
            {more > 0 && ` and ${more} more`}
          </span>
        </li>
      ))}
    </ul>
  )
}
