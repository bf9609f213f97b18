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
export function RetrySchedule({ id }: { id: ConnectionId }) {
  const reconnects = useLive(selectFacet(id, 'reconnects'))
  if (reconnects === undefined || !reconnects.enabled || reconnects.attempts.length === 0) return null
  const attempts = reconnects.attempts.slice(-shown)
  const highest = Math.max(...attempts.map((attempt) => attempt.boundMs))
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 lg:flex-nowrap">
      <div className="flex shrink-0 items-center gap-1.5 text-tiny whitespace-nowrap text-faint">
        {/* Where two columns are narrow, the caption needs the room. */}
        <span className="lg:max-wide:hidden">delays</span>
        <div
          role="img"
          aria-label={`Reconnection schedule: ${attempts.map(attemptWords).join('; ')}`}
          className="flex h-6 items-end gap-1"
        >
          {attempts.map((attempt) => (
            <Bar key={attempt.attempt} attempt={attempt} highestMs={highest} />
          ))}
        </div>
        <span className="lg:max-wide:hidden">up to {formatSeconds(highest)}</span>
      </div>
      <p className="figures min-w-0 text-soft lg:truncate" aria-live="off">
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
      className="relative w-2.5 border border-b-0 border-dashed border-edge"
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
  'closed-by-person': 'Not reconnecting: you closed it',
  'closed-normally': 'Not reconnecting: it closed normally',
  refused: 'Not reconnecting: the browser rejects this URL',
  offline: 'Not reconnecting: you are offline',
} satisfies Record<NonNullable<Reconnects['resting']>, string>

function Caption({ reconnects }: { reconnects: Reconnects }) {
  const now = useNow('quarter')
  const last = reconnects.attempts.at(-1)
  if (reconnects.resting !== null) return rests[reconnects.resting]
  if (last === undefined) return null
  if (last.outcome === 'waiting')
    return `Reconnecting in ${formatSeconds(Math.max(0, last.plannedAt - now))} (attempt ${last.attempt}, random delay up to ${formatSeconds(last.boundMs)})`
  if (last.outcome === 'connecting') return `Attempt ${last.attempt} connecting`
  return last.outcome === 'opened'
    ? `Reconnected on attempt ${last.attempt}`
    : `Attempt ${last.attempt} failed`
}
