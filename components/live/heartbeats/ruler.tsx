'use client'
import { useStore } from 'zustand'
import { live, useLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { crosshair } from '#components/core/view-state.ts'
import { IdleScale } from '#components/idle/idle-scale.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { openedAt } from '#lib/store/connection/connection-state.ts'
import { silenceAt } from './chart-data.ts'

/**
 * The ruler of known idle timers. It counts the silence since the last byte of the selected connection, or, with
 * the crosshair in the chart, the silence there was at that moment. Where nobody answers, what this page sends is no
 * sign of life: then it counts since something arrived.
 */
export function IdleRuler({ id }: { id: ConnectionId | null }) {
  const pointed = useStore(crosshair, (state) => state.at)
  const suspect = useLive((live) => id !== null && live.connections[id]?.state.phase === 'suspect')
  const current = useSilenceMs(id, suspect)
  if (pointed === null)
    return <IdleScale silentMs={current} verb={suspect ? 'nothing received' : 'idle'} suspect={suspect} />
  const samples = id === null ? undefined : live.store.getState().connections[id]?.samples
  return <IdleScale silentMs={silenceAt(samples, pointed)} verb="was idle" />
}

function useSilenceMs(id: ConnectionId | null, receivedOnly: boolean): number | null {
  const now = useNow('quarter')
  const since = useLive((state) => {
    const connection = id === null ? undefined : state.connections[id]
    if (connection === undefined || connection.state.phase === 'closed') return null
    const opened = openedAt(connection.state)
    if (opened === null) return null
    return receivedOnly ? (connection.traffic.lastInAt ?? opened) : connection.traffic.lastByteAt
  })
  return since === null ? null : Math.max(0, now - since)
}
