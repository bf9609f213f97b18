'use client'
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { chartConnections } from './heartbeats/series-color.ts'

const parameter = parseAsArrayOf(parseAsString)
  .withDefault([])
  .withOptions({ history: 'replace', shallow: true })

/** Connections that the chart shows beside the selected one; part of the address. */
export function useCompared(): [ids: readonly ConnectionId[], toggle: (id: ConnectionId) => void] {
  const [ids, setIds] = useQueryState('compare', parameter)
  const toggle = (id: ConnectionId) =>
    void setIds(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(1 - chartConnections))
  return [ids, toggle]
}
