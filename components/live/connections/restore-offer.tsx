'use client'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { Button } from '#components/ui/button.tsx'
import { plural } from '#components/ui/format.ts'
import { selectRestoreOffers } from '#lib/store/selectors.ts'

/** The connections of the last visit: offered, never opened without asking. */
export function RestoreOffer() {
  const offers = useLive(selectRestoreOffers)
  if (offers.length === 0) return null
  return (
    <div className="flex flex-col gap-2 border-b border-line px-3.5 py-2.5">
      <p className="text-soft" title={offers.map((offer) => offer.url).join('\n')}>
        {plural(offers.length, 'connection was', 'connections were')} open at your last visit.
      </p>
      <div className="flex gap-1.5">
        <Button onClick={() => liveActions.acceptRestore()}>Open again</Button>
        <Button look="quiet" onClick={() => liveActions.dismissRestore()}>
          Dismiss
        </Button>
      </div>
    </div>
  )
}
