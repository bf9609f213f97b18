import Link from 'next/link'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { formatDate } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import type { PreviousReport, ProgressSince } from '#lib/diagnosis/stored-report.ts'

/** What became of a fault, as a badge. */
export const progress = {
  fixed: { tone: 'alive', words: 'fixed' },
  'still-healthy': { tone: 'alive', words: 'still healthy' },
  'same-fault': { tone: 'dead', words: 'same fault' },
  'other-fault': { tone: 'waiting', words: 'different cause' },
  broken: { tone: 'dead', words: 'now failing' },
  unclear: { tone: 'unknown', words: 'unclear' },
} satisfies Record<ProgressSince, { tone: Tone; words: string }>

/** The panel "Since the last report": did the fix work, and what else changed. */
export function SincePanel({ previous }: { previous: PreviousReport | undefined }) {
  if (previous === undefined) return null
  const { tone, words } = progress[previous.progress]
  return (
    <Panel
      title="Since the last report"
      actions={
        <Link
          href={`/reports/${previous.id}`}
          prefetch={false}
          className="text-link hover:underline"
          title={formatDate(previous.created * 1000)}
        >
          Open it
        </Link>
      }
    >
      <div className="flex flex-col gap-2 px-3.5 py-3">
        <p className="flex items-start gap-2.5">
          <Badge tone={tone}>{words}</Badge>
          <span className="wrap-anywhere">{previous.says}</span>
        </p>
        {previous.changes.length > 0 && (
          <ul className="flex list-disc flex-col gap-1 pl-4 text-soft marker:text-faint">
            {previous.changes.map(({ what, says }) => (
              <li key={what + says} className="wrap-anywhere">
                {says}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}
