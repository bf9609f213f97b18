'use client'
import { ChartSpline } from 'lucide-react'
import { useCompared } from '#components/live/compare.ts'
import { IconButton } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'

/** Draws a connection in the chart beside the selected one. Seen when pointed at, and while it is drawn. */
export function CompareButton({ id }: { id: ConnectionId }) {
  const [compared, toggle] = useCompared()
  const drawn = compared.includes(id)
  return (
    <IconButton
      label="Compare in the chart"
      aria-pressed={drawn}
      onClick={() => toggle(id)}
      className={cx(
        'relative -my-1 transition-opacity',
        !drawn && 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100',
      )}
    >
      <Icon of={ChartSpline} />
    </IconButton>
  )
}
