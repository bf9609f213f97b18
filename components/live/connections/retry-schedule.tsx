'use client'
import { useLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { cx } from '#components/ui/cx.ts'
import { formatSeconds } from '#components/ui/format.ts'
import type { ConnectionId, ReconnectAttempt, Reconnects } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'

/** As many attempts as fit the row; the schedule says how many came before. */
const shown = 12

/**
 * The back-off of automatic reconnection, drawn: a bar per attempt, its outline the bound (which doubles), its
 * filling the delay that was drawn by lot below it.
 */
export function RetrySchedule({ id, selected }: { id: ConnectionId; selected: boolean }) {
  const reconnects = useLive(selectFacet(id, 'reconnects'))
  if (reconnects === undefined || !reconnects.enabled || reconnects.attempts.length === 0) return null
  // What went well is history: the selected row tells it, the others keep quiet.
  if (!selected && reconnects.attempts.at(-1)?.outcome === 'opened') return null
  const attempts = reconnects.attempts.slice(-shown)
  const highest = Math.max(...attempts.map((attempt) => attempt.boundMs))
  return (
    <div className="relative flex flex-col gap-1 pt-1">
      <div
        role="img"
        aria-label={`Reconnection schedule: ${attempts.map(attemptWords).join('; ')}`}
        className="flex h-8 items-end gap-1"
      >
        {attempts.map((attempt) => (
          <Bar key={attempt.attempt} attempt={attempt} highestMs={highest} />
        ))}
      </div>
      <p className="figures text-faint" aria-live="off">
        <Caption reconnects={reconnects} />
      </p>
    </div>
  )
}

const fills = {
  waiting: 'bg-waiting',
  connecting: 'bg-waiting',
  opened: 'bg-alive',
  failed: 'bg-dead',
} satisfies Record<ReconnectAttempt['outcome'], string>

function attemptWords(attempt: ReconnectAttempt): string {
  return `attempt ${attempt.attempt}: ${formatSeconds(attempt.delayMs)} of at most ${formatSeconds(attempt.boundMs)}, ${attempt.outcome}`
}

function Bar({ attempt, highestMs }: { attempt: ReconnectAttempt; highestMs: number }) {
  return (
    <span
      title={attemptWords(attempt)}
      className="relative w-3 border border-b-0 border-dashed border-edge"
      style={{ height: `${Math.max(12, Math.sqrt(attempt.boundMs / highestMs) * 100)}%` }}
    >
      <span
        className={cx('absolute inset-x-0 bottom-0', fills[attempt.outcome])}
        style={{ height: `${Math.max(6, (attempt.delayMs / attempt.boundMs) * 100)}%` }}
      />
    </span>
  )
}

const rests = {
  'closed-by-person': 'not reconnecting: you closed it',
  'closed-normally': 'not reconnecting: it closed normally',
  refused: 'not reconnecting: the browser rejects this URL',
  offline: 'not reconnecting: you are offline',
} satisfies Record<NonNullable<Reconnects['resting']>, string>

function Caption({ reconnects }: { reconnects: Reconnects }) {
  const now = useNow('quarter')
  const last = reconnects.attempts.at(-1)
  if (reconnects.resting !== null) return rests[reconnects.resting]
  if (last === undefined) return null
  if (last.outcome === 'waiting')
    return `attempt ${last.attempt} in ${formatSeconds(Math.max(0, last.plannedAt - now))}, drawn below ${formatSeconds(last.boundMs)}`
  if (last.outcome === 'connecting') return `attempt ${last.attempt} is connecting`
  return last.outcome === 'opened'
    ? `open again at attempt ${last.attempt}`
    : `attempt ${last.attempt} failed`
}
