'use client'
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs'
import type { ConnectionId } from '#lib/store/connection/connection.ts'

/** As many connections as the chart shows at once; each has a colour of its own, apart for the colour-blind. */
const chartConnections = 4

const colors = [
  'var(--color-series-1)',
  'var(--color-series-2)',
  'var(--color-series-3)',
  'var(--color-series-4)',
]

export function seriesColor(index: number): string {
  return colors[index % colors.length] ?? 'var(--color-series-1)'
}

const parameter = parseAsArrayOf(parseAsString)
  .withDefault([])
  .withOptions({ history: 'replace', shallow: true })

/** Draws these, as many as the chart shows, beside the selected one. */
export function useCompare(): (ids: readonly ConnectionId[]) => void {
  const [, setIds] = useQueryState('compare', parameter)
  return (ids) => void setIds(ids.slice(0, chartConnections))
}

/** Connections that the chart shows beside the selected one; part of the address. */
export function useCompared(): [ids: readonly ConnectionId[], toggle: (id: ConnectionId) => void] {
  const [ids, setIds] = useQueryState('compare', parameter)
  const toggle = (id: ConnectionId) =>
    void setIds(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(1 - chartConnections))
  return [ids, toggle]
}
