'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { liveActions } from '#components/core/live-core.ts'
import { useShowOnLive } from '#components/core/selection.ts'
import type { Experiment } from '#components/experiment/experiment.ts'
import { IdleScale } from '#components/idle/idle-scale.tsx'
import { Button, buttonClass } from '#components/ui/button.tsx'
import type { DiagnoseOrder } from '#lib/api/diagnose.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { focusFirstMessage } from './order-form.tsx'
import { focusMoreEvidence } from './report/more-evidence.tsx'

/** What a proxy with a usual timer ends, and what a patient one does. In seconds. */
const holds = { usual: 75, long: 300 }

interface Props {
  report: Report
  order: DiagnoseOrder
  experiment: Experiment
  /** The look that is under way; absent where none is. */
  children: ReactNode
}

/** No failure was seen so far. Does it drop later? The look that goes on, and what else tells. */
export function LongerLook({ report, order, experiment, children }: Props) {
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
  return (
    <section aria-label="Longer look" className="flex flex-col gap-3">
      {children ?? (
        <div className="flex flex-col gap-2 border-t border-line pt-3">
          <LookHead url={order.url} />
          <LookScale silentMs={report.watched_ms ?? null} verb="watched">
            <p className="text-soft">Marks are known idle timeouts.</p>
          </LookScale>
        </div>
      )}
      <div className="flex flex-wrap gap-1.5">
        <Button onClick={() => void experiment.hold(holds.usual)}>Hold for {holds.usual} s</Button>
        <Button onClick={() => void experiment.hold(holds.long)}>Hold for {holds.long / 60} min</Button>
        <Button onClick={watch}>Watch until it drops</Button>
        <Button onClick={focusFirstMessage}>Send a message first</Button>
        <Button onClick={focusMoreEvidence}>Paste logs</Button>
      </div>
    </section>
  )
}

/** What the look asks, and the way to one that goes on for days. The same whether it goes on or has ended: nothing moves then. */
export function LookHead({ url }: { url: string | undefined }) {
  return (
    <div className="flex items-center gap-3">
      <h3 className="min-w-0 flex-1 font-semibold">Does it drop when nothing is sent?</h3>
      {url !== undefined && (
        <Link
          href={`/watch?url=${encodeURIComponent(url)}`}
          prefetch={false}
          className={buttonClass('plain', 'medium')}
        >
          Watch for days
        </Link>
      )}
    </div>
  )
}

interface ScaleProps {
  silentMs: number | null
  verb: string
  /** The same in words, and what stops it. */
  children: ReactNode
}

/** The ruler of idle timers with its words, which have the height of a button. */
export function LookScale({ silentMs, verb, children }: ScaleProps) {
  return (
    <>
      <div className="flex min-h-8 items-center justify-between gap-3 pointer-coarse:min-h-11">
        {children}
      </div>
      <div className="-mx-3.5">
        <IdleScale silentMs={silentMs} verb={verb} />
      </div>
    </>
  )
}
