/** All rows, and the part of the state that shows them. */
import type { Connection, ConnectionId, OpenRequest } from '#lib/store/connection/connection.ts'
import { createRow, type Row, type RowContext } from '#lib/store/connection/row.ts'

export interface RowsView {
  /** In order of opening. */
  readonly connectionIds: readonly ConnectionId[]
  readonly connections: Readonly<Record<ConnectionId, Connection>>
}

export interface Rows {
  open(request: OpenRequest): Row
  get(id: ConnectionId): Row | undefined
  /** By the trace of the current attempt: events of earlier ones would be read as this one's. */
  ofTrace(trace: string): Row | undefined
  all(): Iterable<Row>
  remove(id: ConnectionId): void
  /** Unchanged rows, and unchanged parts, keep their references. */
  view(): RowsView
}

export function createRows(context: RowContext): Rows {
  const rows = new Map<ConnectionId, Row>()
  let opened = 0
  let cached: RowsView = { connectionIds: [], connections: {} }

  return {
    open(request) {
      opened++
      const row = createRow(`c${opened}`, request, context)
      rows.set(row.id, row)
      context.changed()
      return row
    },
    get: (id) => rows.get(id),
    ofTrace(trace) {
      for (const row of rows.values()) if (row.attempts.trace() === trace) return row
      return undefined
    },
    all: () => rows.values(),
    remove(id) {
      rows.get(id)?.dispose()
      rows.delete(id)
      context.changed()
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
