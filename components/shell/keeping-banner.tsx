'use client'
import { useLive } from '#components/core/live-core.ts'
import type { KeepingTrouble } from '#lib/protocol/health.ts'
import type { LiveState } from '#lib/store/live-state.ts'
import { selectServer } from '#lib/store/selectors.ts'

const words = {
  'disk-full':
    'The disk of the server is full. New events and reports are lost when it stops. Free some space.',
  unwritable:
    'The server cannot write its file of events and reports. New ones are lost when it stops. Its log says why.',
  'in-use':
    'Another Why1006 server has the file of events and reports. What this one sees is lost when it stops.',
  newer:
    'A newer version of Why1006 wrote the file of events and reports. What this server sees is lost when it stops.',
  'no-sqlite':
    'The Node of this server cannot keep events and reports in a file. Node 22.16 and newer can. What this server sees is lost when it stops.',
  'redis-gone':
    'The Why1006 server cannot reach Redis. It keeps new events in its memory until Redis is back, and shows none of other instances.',
  'redis-refuses':
    'Redis refuses new events. The Why1006 server keeps them in its memory until Redis takes them. Its log says why.',
} satisfies Record<KeepingTrouble, string>

const selectTrouble = (live: LiveState): KeepingTrouble | null => {
  const server = selectServer(live)
  return server.status === 'up' ? server.trouble : null
}

/** Shown on every page for as long as it is so. */
export function KeepingBanner() {
  const trouble = useLive(selectTrouble)
  if (trouble === null) return null
  return (
    <p
      role="alert"
      className="mb-3 rounded-box border border-waiting bg-waiting-tint px-3.5 py-2 text-waiting md:mb-4"
    >
      {words[trouble]}
    </p>
  )
}
