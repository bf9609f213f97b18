'use client'
import { useLive, useSampledLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { type JudgedCriterion, judgeSuccess } from '#lib/record/success-criteria.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectConnection } from '#lib/store/selectors.ts'
import { CriterionItem } from './criterion-item.tsx'
import { withoutConnection } from './without-connection.ts'

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
    <Panel title="Success criteria" className={className} actions={<Score judged={judged} />}>
      <ul
        aria-label="Success criteria"
        className="flex min-h-0 flex-1 flex-col justify-between gap-2 overflow-y-auto px-3.5 py-3"
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
