'use client'
import Link from 'next/link'
import { useLive } from '#components/core/live-core.ts'
import { buttonClass } from '#components/ui/button.tsx'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'

const looks = {
  /** Beside a state that asks for it. */
  question: { className: 'figures relative shrink-0 text-link hover:underline', children: 'Why?' },
  /** Among the actions of a row. */
  action: {
    className: buttonClass('quiet', 'small'),
    children: 'Diagnose',
    'aria-label': 'Diagnose this',
  },
}

/** Leads to the diagnosis of this connection: by what was recorded of it, and with a click by a probe. */
export function DiagnoseLink({ id, look }: { id: ConnectionId; look: keyof typeof looks }) {
  const target = useLive(selectFacet(id, 'target'))
  if (target === undefined) return null
  return <Link href={diagnoseHref({ id, target })} prefetch={false} {...looks[look]} />
}

/**
 * The link fills the form there and names the connection, so that what the page recorded of it is judged too. The row
 * lives in this tab: elsewhere the link means its URL alone.
 */
function diagnoseHref({ id, target }: Pick<Connection, 'id' | 'target'>): string {
  const query = new URLSearchParams({ url: target.url })
  if (target.subprotocols.length > 0) query.set('subprotocols', target.subprotocols.join(', '))
  query.set('connection', id)
  return `/diagnose?${query}`
}
