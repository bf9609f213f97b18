'use client'
import type { ReactNode } from 'react'
import { liveActions } from '#components/core/live-core.ts'
import { useShowOnLive } from '#components/core/selection.ts'
import type { Experiment } from '#components/experiment/experiment.ts'
import { Button } from '#components/ui/button.tsx'
import type { DiagnoseOrder } from '#lib/api/diagnose.ts'
import { focusFirstMessage } from './order-form.tsx'
import { focusMoreEvidence } from './report/more-evidence.tsx'

/** What a proxy with a usual timer ends, and what a patient one does. In seconds. */
const holds = { usual: 75, long: 300 }

interface Props {
  order: DiagnoseOrder
  experiment: Experiment
  /** The look that is under way; absent where none is. */
  children: ReactNode
}

/** No failure was seen so far. Does it drop later? The look that goes on, and what else tells. */
export function LongerLook({ order, experiment, children }: Props) {
  const showOnLive = useShowOnLive()
  const watch = () => {
    showOnLive(
      liveActions.open({
        url: order.url,
        ...(order.subprotocols !== undefined && { subprotocols: order.subprotocols }),
        autoReconnect: true,
      }),
    )
  }
  const isLooking = children !== null
  return (
    <section aria-label="Longer look" className="flex flex-col gap-3">
      {children ?? <h3 className="border-t border-line pt-3 font-semibold">Does it drop later?</h3>}
      <div className="flex flex-wrap gap-1.5">
        {!isLooking && (
          <Button onClick={() => void experiment.hold(holds.usual)}>Hold for {holds.usual} s</Button>
        )}
        <Button onClick={() => void experiment.hold(holds.long)}>Hold for {holds.long / 60} min</Button>
        <Button onClick={watch}>Watch until it drops</Button>
        <Button onClick={focusFirstMessage}>Send a message first</Button>
        <Button onClick={focusMoreEvidence}>Paste logs</Button>
      </div>
    </section>
  )
}
