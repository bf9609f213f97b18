'use client'
import Link from 'next/link'
import { hasPage } from '#components/shell/pages.ts'
import type { ConnectionId } from '#lib/store/connection.ts'
import { useLive } from './live-core.ts'

/** Leads to the diagnosis of this connection's URL: the link fills the form there, a click probes. */
export function WhyLink({ id }: { id: ConnectionId }) {
  const url = useLive((live) => live.connections[id]?.target.url)
  if (url === undefined || !hasPage('/diagnose')) return null
  return (
    <Link
      href={`/diagnose?url=${encodeURIComponent(url)}`}
      className="figures relative shrink-0 text-link hover:underline"
    >
      Why?
    </Link>
  )
}
