'use client'
import Link from 'next/link'
import { useLive } from '#components/core/live-core.ts'
import { diagnoseHref } from '#components/diagnose/diagnose-href.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'

/** Leads to the diagnosis of this connection: by what was recorded of it, and with a click by a probe. */
export function DiagnoseLink({ id, className }: { id: ConnectionId; className?: string }) {
  const target = useLive(selectFacet(id, 'target'))
  if (target === undefined) return null
  return (
    <Link
      href={diagnoseHref({ id, target })}
      prefetch={false}
      aria-label="Diagnose this"
      className={cx(buttonClass('quiet', 'small'), className)}
    >
      Diagnose
    </Link>
  )
}
