import { live } from '#components/core/live-core.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { Shown } from './chart-data.ts'

/** The selected connection, and those beside it, as the chart draws them at this moment. */
export function shownConnections(selected: ConnectionId | null, compared: readonly ConnectionId[]): Shown[] {
  const { connections } = live.store.getState()
  const ids = selected === null ? [] : [selected, ...compared.filter((id) => id !== selected)]
  return ids.flatMap((id) => {
    const connection = connections[id]
    return connection === undefined
      ? []
      : [{ id, label: connection.target.label, samples: connection.samples }]
  })
}
