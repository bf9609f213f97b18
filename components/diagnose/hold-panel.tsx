'use client'
import { useNow } from '#components/core/use-now.ts'
import type { Hold } from '#components/experiment/examine.ts'
import { IdleScale } from '#components/live/heartbeats/ruler.tsx'
import { formatSeconds } from '#components/ui/format.ts'

/** While the probe is silent: how long it still will be, and whose timer the silence has passed. */
export function HoldCountdown({ hold: { startedAt, forMs } }: { hold: Hold }) {
  const silentMs = Math.min(forMs, Math.max(0, useNow('quarter') - startedAt))
  return (
    <div className="border-t border-line pt-3">
      <p className="px-3.5" role="timer" aria-label="Silence">
        Silent on purpose: <span className="figures">{formatSeconds(silentMs)}</span> of{' '}
        <span className="figures">{formatSeconds(forMs)}</span>,{' '}
        <span className="figures">{formatSeconds(forMs - silentMs)}</span> to go
      </p>
      <IdleScale silentMs={silentMs} verb="idle" />
    </div>
  )
}
