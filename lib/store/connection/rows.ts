/** All rows, by id and by the trace of their current attempt, and the part of the state that shows them. */
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import type { Row, RowContext } from '#lib/store/connection/row.ts'
import { createRow } from '#lib/store/connection/row-keeper.ts'
import type { LiveState, OpenRequest } from '#lib/store/live-state.ts'

export interface Rows {
  open(request: OpenRequest): Row
  get(id: ConnectionId): Row | undefined
  ofTrace(trace: string): Row | undefined
  all(): Iterable<Row>
  remove(id: ConnectionId): void
  removeAll(): void
  /** Unchanged rows, and unchanged parts, keep their references. */
  view(): Pick<LiveState, 'connectionIds' | 'connections'>
}

export function createRows(context: Omit<RowContext, 'onTrace'>): Rows {
  const rows = new Map<ConnectionId, Row>()
  const idsByTrace = new Map<string, ConnectionId>()
  let opened = 0
  let cached: Pick<LiveState, 'connectionIds' | 'connections'> = { connectionIds: [], connections: {} }

  const forgetTraces = (id: ConnectionId): void => {
    for (const [trace, owner] of idsByTrace) if (owner === id) idsByTrace.delete(trace)
  }
  const onTrace = (id: ConnectionId, trace: string): void => {
    // Events of earlier attempts would be read as the current one's.
    forgetTraces(id)
    idsByTrace.set(trace, id)
  }
  const remove = (id: ConnectionId): void => {
    rows.get(id)?.dispose()
    rows.delete(id)
    forgetTraces(id)
    context.changed()
  }

  return {
    open(request) {
      opened++
      const id = `c${opened}`
      const row = createRow(id, request, { ...context, onTrace })
      rows.set(id, row)
      context.changed()
      return row
    },
    get: (id) => rows.get(id),
    ofTrace(trace) {
      const id = idsByTrace.get(trace)
      return id === undefined ? undefined : rows.get(id)
    },
    all: () => rows.values(),
    remove,
    removeAll() {
      for (const id of [...rows.keys()]) remove(id)
    },
    view() {
      const ids = [...rows.keys()]
      const isSameList =
        ids.length === cached.connectionIds.length &&
        ids.every((id, index) => id === cached.connectionIds[index])
      const views: Record<ConnectionId, Connection> = {}
      let isSame = isSameList
      for (const row of rows.values()) {
        const view = row.view()
        views[row.id] = view
        if (cached.connections[row.id] !== view) isSame = false
      }
      if (!isSame) cached = { connectionIds: isSameList ? cached.connectionIds : ids, connections: views }
      return cached
    },
  }
}
