'use client'
import { CircleCheck, CircleDashed, CircleHelp, CircleX, type LucideIcon } from 'lucide-react'
import { useLive, useSampledLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { Badge } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { CriterionId, CriterionStatus } from '#lib/record/criteria/criterion.ts'
import { type JudgedCriterion, judgeSuccess } from '#lib/record/success-criteria.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectConnection } from '#lib/store/selectors.ts'

interface Props {
  id: ConnectionId | null
  /** How long it must stay open idle: the playbook's 30 s unless a scenario shortens it, which its title then says. */
  idleMs?: number
  className?: string
}

/** The region "Success criteria": the playbook's six, judged every second for one connection. */
export function CriteriaPanel({ id, idleMs, className }: Props) {
  const connection = useSampledLive(selectConnection(id))
  const isFeedLive = useLive((live) => live.feed.status.phase === 'live')
  const now = useNow()
  const judged =
    connection === undefined ? withoutConnection : judgeSuccess(connection, { now, isFeedLive, idleMs })
  return (
    <Panel
      title="Success criteria"
      note={connection === undefined ? 'checked once a connection is open' : undefined}
      className={className}
      actions={connection !== undefined && <Score judged={judged} />}
    >
      <ul
        aria-label="Success criteria"
        className={cx(
          'flex min-h-0 flex-1 flex-col gap-1 overflow-y-auto px-3.5 py-2',
          // Before there is anything to judge they stand as text does; then they fill the panel.
          connection === undefined ? 'justify-start gap-2.5 pt-3' : 'justify-between',
        )}
      >
        {judged.map((criterion) => (
          <CriterionItem key={criterion.id} criterion={criterion} />
        ))}
      </ul>
    </Panel>
  )
}

function Score({ judged }: { judged: readonly JudgedCriterion[] }) {
  const met = judged.filter((criterion) => criterion.status === 'met').length
  const unmet = judged.some((criterion) => criterion.status === 'unmet')
  return (
    <Badge tone={unmet ? 'dead' : met > 0 ? 'alive' : 'unknown'}>
      {met} of {judged.length}
    </Badge>
  )
}

const faces = {
  met: { icon: CircleCheck, className: 'text-alive', word: 'met' },
  unmet: { icon: CircleX, className: 'text-dead', word: 'not met' },
  pending: { icon: CircleDashed, className: 'text-faint', word: 'not yet known' },
  unknown: { icon: CircleHelp, className: 'text-soft', word: 'cannot be known' },
} satisfies Record<CriterionStatus, { icon: LucideIcon; className: string; word: string }>

/** One criterion, how it stands, and what was seen. */
function CriterionItem({ criterion }: { criterion: JudgedCriterion }) {
  const face = faces[criterion.status]
  return (
    <li className="flex gap-3" data-status={criterion.status}>
      <Icon of={face.icon} className={`mt-0.5 shrink-0 ${face.className}`} />
      <div className="min-w-0">
        <p>
          {criterion.title}
          <span className="sr-only">: {face.word}</span>
        </p>
        {criterion.evidence !== '' && (
          <p className="line-clamp-2 text-code text-soft text-pretty" title={criterion.evidence}>
            {criterion.evidence}
          </p>
        )}
      </div>
    </li>
  )
}

/** What will be judged, before anything is open. */
const planned = {
  'opens-without-1006': ['Opens without 1006', 'The handshake ends in an open event.'],
  'stays-open-idle': ['Stays open idle for 30 s', 'It is not closed when nothing is sent.'],
  'heartbeat-every-interval': ['Heartbeat every interval', 'Each one comes within interval + timeout.'],
  'round-trip-under-100-ms': ['Round trip under 100 ms', 'The 95th percentile, by page or server.'],
  'closes-with-1000': ['Closes with 1000', 'The Close frame is answered.'],
  'right-headers': ['Right headers at the server', 'Upgrade, Connection, Origin and X-Forwarded-*.'],
} satisfies Record<CriterionId, [title: string, evidence: string]>

const withoutConnection: readonly JudgedCriterion[] = Object.entries(planned).map(
  ([id, [title, evidence]]) => ({ id: id as CriterionId, title, status: 'pending', evidence }),
)
