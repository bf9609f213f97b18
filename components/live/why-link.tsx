'use client'
import Link from 'next/link'
import { useLive } from '#components/core/live-core.ts'
import { hasPage } from '#components/shell/pages.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { diagnoseHref } from './diagnose-href.ts'

/** Leads to the diagnosis of this connection: by what was recorded of it, and with a click by a probe. */
export function WhyLink({ id }: { id: ConnectionId }) {
  const target = useLive(selectFacet(id, 'target'))
  if (target === undefined || !hasPage('/diagnose')) return null
  return (
    <Link
      href={diagnoseHref({ id, target })}
      prefetch={false}
      className="figures relative shrink-0 text-link hover:underline"
    >
      Why?
    </Link>
  )
}
