import { CircleCheck } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { CauseLink } from '#components/playbook/cause-link.tsx'
import { InlineText } from '#components/playbook/inline-text.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { nextTitle } from '#lib/diagnosis/next/words.ts'
import { isShortLook, type Verdict as OneVerdict, type Report } from '#lib/diagnosis/report.ts'
import { UNNAMED } from '#lib/diagnosis/verdict-title.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { BecauseList } from './because-list.tsx'
import { Candidates } from './candidates.tsx'
import { NextSteps, type OrderChange } from './next-steps.tsx'
import { certaintyTone } from './tones.ts'

interface Props {
  report: Report
  /** A quiet word beside the title: what it rests on. */
  note?: ReactNode
  actions?: ReactNode
  /** Below the answer: a longer look that goes on. */
  below?: ReactNode
  /** Runs an experiment; absent where nothing can be run from here. */
  onRun?: ((change: OrderChange) => void) | undefined
  /** Adds what the reader tells; absent where there is nowhere to add it. */
  onAdd?: ((text: string) => Promise<string>) | undefined
  className?: string
}

/**
 * The region "Verdict": the answer in one sentence, how sure it is, why, and what would make it surer. The fix has
 * a panel of its own (`Fix`), and so has what was ruled out (`RuledOut`).
 */
export function Verdict({ report, note, actions, below, onRun, onAdd, className }: Props) {
  const { outcome, next, warnings, failed_checks: failed } = report
  const notes = [
    ...warnings.map(({ id, says }) => ({ key: id, says })),
    ...failed.map(({ cause, error }) => ({ key: cause, says: `The check for ${cause} failed: ${error}` })),
  ]
  return (
    <Panel title="Verdict" note={note} actions={actions} className={className}>
      <div className="flex flex-col gap-3.5 px-3.5 py-3.5">
        <Answer report={report} />
        {below}
        {next.length > 0 && below === undefined && (outcome !== 'healthy' || onRun !== undefined) && (
          <Part title={nextTitle(outcome)} isFolded={outcome === 'fault'}>
            <NextSteps next={next} onRun={onRun} onAdd={onAdd} />
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

/** One heading whatever the answer is: it keeps the focus when a report is judged again. */
function Answer({ report }: { report: Report }) {
  const { outcome, verdicts, headline, missing } = report
  const [first, ...others] = verdicts
  const isFault = outcome === 'fault' && first !== undefined
  const known = isFault ? causeOf(first.cause) : undefined
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <h3
          data-verdict
          tabIndex={-1}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 text-title font-semibold outline-none"
        >
          {isFault ? (known?.title ?? first.cause) : headline || UNNAMED[outcome]}.
          <AnswerBadge report={report} />
        </h3>
        {outcome === 'healthy' && <Worked report={report} />}
        {outcome === 'undetermined' && <Candidates verdicts={verdicts} missing={missing} />}
        {known && (
          <p className="text-lead text-soft wrap-anywhere">
            <InlineText>{known.symptom}</InlineText> <ArticleLink id={known.id} />
          </p>
        )}
      </div>
      {isFault && <FaultReasons verdict={first} others={others} />}
    </>
  )
}

function AnswerBadge({ report }: { report: Report }) {
  const { outcome, verdicts } = report
  const [first] = verdicts
  if (outcome === 'fault' && first !== undefined)
    return <Badge tone={certaintyTone[first.certainty]}>{first.certainty}</Badge>
  if (outcome !== 'healthy') return <Badge tone="waiting">undetermined</Badge>
  return isShortLook(report) ? <Badge tone="unknown">ok so far</Badge> : <Badge tone="alive">healthy</Badge>
}

function Worked({ report }: { report: Report }) {
  return (
    <p className="flex items-center gap-2 text-lead text-soft">
      <Icon of={CircleCheck} className={cx('shrink-0', isShortLook(report) ? 'text-soft' : 'text-alive')} />
      Every step worked, from the name to the open connection.
    </p>
  )
}

function FaultReasons({ verdict, others }: { verdict: OneVerdict; others: readonly OneVerdict[] }) {
  return (
    <>
      <BecauseList because={verdict.because} />
      {others.length > 0 && (
        <p className="text-soft">
          Not ruled out:{' '}
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

interface PartProps {
  title: string
  /** Behind its title until it is asked for: the fix comes first. */
  isFolded?: boolean
  children: ReactNode
}

function Part({ title, isFolded = false, children }: PartProps) {
  if (isFolded) {
    return (
      <details className="border-t border-line pt-3">
        <summary className="cursor-pointer font-semibold">{title}</summary>
        <div className="pt-2.5">{children}</div>
      </details>
    )
  }
  return (
    <section className="border-t border-line pt-3">
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      {children}
    </section>
  )
}
