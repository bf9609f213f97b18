'use client'
import { Fix } from '#components/diagnose/report/fix.tsx'
import { Verdict } from '#components/diagnose/report/verdict.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { plural } from '#components/ui/format.ts'
import type { LogReport } from '#lib/diagnosis/judge-logs.ts'

interface Props {
  log: LogReport
  /** Of a journal that may hold more. */
  isNewest: boolean
  onClose: () => void
}

/** The verdict behind the sentence, for the largest trouble, and what else there is. */
export function WhyDialog({ log, isNewest, onClose }: Props) {
  const others = log.troubles.slice(1)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Why did they end?"
      description={`Judged in this browser, by ${isNewest ? 'the newest ' : ''}${plural(log.connections, 'connection')}.`}
      className="w-[860px]"
    >
      <Verdict report={log.report} note={log.troubles[0]?.what} />
      <Fix report={log.report} />
      {others.length > 0 && (
        <section>
          <h3 className="font-semibold">Other troubles</h3>
          <ul className="list-disc pl-4 text-soft marker:text-faint">
            {others.map(({ what, connections }) => (
              <li key={what}>
                {plural(connections, 'connection')}: {what}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  )
}
