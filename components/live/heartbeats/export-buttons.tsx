'use client'
import { FileSpreadsheet, Image as Picture } from 'lucide-react'
import { useRef } from 'react'
import { now } from '#components/core/now.ts'
import { useCompared } from '#components/live/chart-connections.ts'
import { IconButton } from '#components/ui/button.tsx'
import { download, downloadBlob } from '#components/ui/download.ts'
import { Icon } from '#components/ui/icon.tsx'
import { say } from '#components/ui/toast-queue.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { chartCsv } from './chart-csv.ts'
import { chartPng } from './chart-png.ts'
import { shownConnections } from './shown-connections.ts'

/** The chart as a picture, and its figures as a table. */
export function ExportButtons({ id, minutes }: { id: ConnectionId; minutes: number }) {
  const [compared] = useCompared()
  const own = useRef<HTMLSpanElement>(null)
  const name = (ending: string) =>
    `heartbeats-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${ending}`
  const savePicture = async () => {
    const chart = own.current?.closest('section')?.querySelector<SVGSVGElement>('svg.recharts-surface')
    const picture = chart && (await chartPng(chart).catch(() => null))
    if (picture) downloadBlob(picture, name('png'))
    else say(chart ? 'Your browser could not draw the chart.' : 'There is no chart yet.', 'dead')
  }
  const saveFigures = () => {
    const toAt = now()
    const rows = shownConnections(id, compared)
    download(chartCsv(rows, { fromAt: toAt - minutes * 60_000, toAt }), name('csv'), 'text/csv')
  }
  return (
    <span ref={own} className="flex">
      <IconButton label="Save the chart as PNG" onClick={() => void savePicture()}>
        <Icon of={Picture} size={14} />
      </IconButton>
      <IconButton label="Save the figures as CSV" onClick={saveFigures}>
        <Icon of={FileSpreadsheet} size={14} />
      </IconButton>
    </span>
  )
}
