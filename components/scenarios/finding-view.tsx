'use client'
import Link from 'next/link'
import { useNow } from '#components/core/use-now.ts'
import { certaintyTone, outcomeTone } from '#components/diagnose/report/tones.ts'
import { InlineText } from '#components/playbook/inline-text.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { formatWait } from '#components/ui/format.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import type { Diagnosed, Examination, Hold } from '#lib/scenarios/run/run-state.ts'

/** The engine's verdict: while it is being found, and found. */
export function FindingView({ examination }: { examination: Examination }) {
  switch (examination.status) {
    case 'none':
      return null
    case 'running':
      return (
        <div className="mt-2">
          <p className="figures wrap-anywhere text-soft">{examination.says}</p>
          {examination.hold && <Countdown hold={examination.hold} />}
        </div>
      )
    case 'done':
      return <Verdict diagnosed={examination.diagnosed} />
  }
}

/** Most of what the report gives as its reasons. */
const mostReasons = 4

function Verdict({ diagnosed: { reportId, outcome, cause, certainty, because } }: { diagnosed: Diagnosed }) {
  return (
    <div className="mt-2 flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {outcome === 'fault' && certainty !== null ? (
          <Badge tone={certaintyTone[certainty]}>{certainty}</Badge>
        ) : (
          <Badge tone={outcomeTone[outcome]}>{outcome}</Badge>
        )}
        <span className="font-medium">
          {cause === null ? 'Nothing failed' : (causeOf(cause)?.title ?? cause)}
        </span>
      </p>
      <ul className="flex list-disc flex-col gap-1 pl-4 text-soft marker:text-faint">
        {because.slice(0, mostReasons).map((reason) => (
          <li key={reason} className="wrap-anywhere">
            <InlineText>{reason}</InlineText>
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <Link href={`/reports/${reportId}`} prefetch={false} className="text-link hover:underline">
          Full report
        </Link>
        {cause !== null && (
          <Link href={`/playbook/${cause}`} prefetch={false} className="text-link hover:underline">
            What happens on the wire
          </Link>
        )}
      </p>
    </div>
  )
}

function Countdown({ hold: { startedAt, forMs } }: { hold: Hold }) {
  const silentMs = Math.min(forMs, Math.max(0, useNow('quarter') - startedAt))
  return (
    <div role="timer" aria-label="Silence of the probe" className="mt-1.5">
      <p className="text-soft">
        The probe keeps silent: <span className="figures">{formatWait(silentMs)}</span> of{' '}
        <span className="figures">{formatWait(forMs)}</span>
      </p>
      <div className="mt-1 h-1 rounded-pill bg-line">
        <div className="h-full rounded-pill bg-waiting" style={{ width: `${(100 * silentMs) / forMs}%` }} />
      </div>
    </div>
  )
}
