/** What a person can do, over the parts that do it. What they see done is published at once. */
import type { ConnectionId, OpenRequest, Refusal } from '#lib/store/connection/connection.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import type { Row } from '#lib/store/connection/row.ts'
import { rowActions } from '#lib/store/connection/row-actions.ts'
import type { Rows } from '#lib/store/connection/rows.ts'
import type { Feed } from '#lib/store/feed/feed.ts'
import type { Publisher } from '#lib/store/kit/publisher.ts'
import type { PreferencesKeeper, RestoreOffer, Settings } from '#lib/store/preferences.ts'

/** None throws; what is refused returns a `Refusal`. */
export type LiveActions = ReturnType<typeof createActions>

type RowActions = typeof rowActions
/** The same actions for the row with this id. */
type ActionsById = {
  [Name in keyof RowActions]: RowActions[Name] extends (row: Row, ...given: infer Given) => infer Answer
    ? (id: ConnectionId, ...given: Given) => Answer
    : never
}

export interface ActionParts {
  readonly rows: Rows
  readonly feed: Feed
  readonly preferences: PreferencesKeeper
  readonly publisher: Publisher
  /** Such as `http://localhost:9000`. */
  readonly origin: string
}

/** The first visit's one button: a beat every 2 s, and a round trip of the page with each. */
const WATCH = { path: '/ws/health?ping_interval=2', pingIntervalMs: 2_000 }

export function createActions({ rows, feed, preferences, publisher, origin }: ActionParts) {
  /** Rows may have come, gone or changed their ways: the next visit is offered what there is now and can be had again. */
  const settle = (): void => {
    const lasting = Array.from(rows.all()).filter(({ isLasting, target }) => isLasting && !target.isThrough)
    preferences.setConnections(lasting.map(offerOf))
    publisher.flush()
  }

  const these = (ids?: readonly ConnectionId[]): Row[] =>
    ids === undefined ? [...rows.all()] : ids.flatMap((id) => rows.get(id) ?? [])

  const onRow =
    (act: (row: Row, ...given: unknown[]) => Refusal | null) =>
    (id: ConnectionId, ...given: unknown[]): Refusal | null => {
      const row = rows.get(id)
      if (row === undefined) return { code: 'unknown-connection', says: 'This connection was removed.' }
      const refusal = act(row, ...given)
      row.changed()
      settle()
      return refusal
    }
  const byId = Object.fromEntries(
    Object.entries(rowActions).map(([name, act]) => [name, onRow(act as Parameters<typeof onRow>[0])]),
  ) as ActionsById

  /** Opens a socket in a new row and returns the row's id. A refusal by the browser is a state. */
  const open = (request: OpenRequest): ConnectionId => {
    const autoReconnect = request.autoReconnect ?? preferences.view().settings.autoReconnect
    const row = rows.open({ ...request, autoReconnect })
    if (row.isLasting) preferences.rememberUrl(request.url)
    settle()
    return row.id
  }

  return {
    ...byId,
    open,

    /** `/ws/health?ping_interval=2` with page pings every 2 s, the first at once. */
    watchHeartbeat: (): ConnectionId =>
      open({
        url: origin.replace(/^http/, 'ws') + WATCH.path,
        pagePings: { mode: 'every', intervalMs: WATCH.pingIntervalMs },
      }),

    /** Every row that is over, of all or of these. */
    reconnectAll(ids?: readonly ConnectionId[]): void {
      for (const row of these(ids)) {
        if (!isOver(row.attempts.state())) continue
        rowActions.reconnect(row)
        row.changed()
      }
      settle()
    },

    /** With 1000, every row that goes on or is about to be tried again, of all or of these. */
    closeAll(ids?: readonly ConnectionId[]): void {
      for (const row of these(ids)) {
        if (isOver(row.attempts.state()) && row.view().reconnects.attempts.at(-1)?.outcome !== 'waiting')
          continue
        rowActions.close(row)
        row.changed()
      }
      settle()
    },

    /** Closes it with 1000 if need be and forgets it. */
    remove(id: ConnectionId): void {
      rows.remove(id)
      settle()
    },

    /** Closes them with 1000 if need be and forgets them; those that are over, where none are named. */
    removeAll(ids?: readonly ConnectionId[]): void {
      const gone = [...these(ids)].filter((row) => ids !== undefined || isOver(row.attempts.state()))
      for (const { id } of gone) rows.remove(id)
      settle()
    },

    /** Fetches what a gap stands for and puts it in its place; at most 20,000 events. */
    fillGap: (key: string): Promise<void> => feed.fillGap(key),

    changeSettings(change: Partial<Settings>): void {
      preferences.change(change)
      publisher.flush()
    },

    /** Opens the offered connections (all, or those at these positions) and withdraws the offer. */
    acceptRestore(positions?: readonly number[]): readonly ConnectionId[] {
      const offers = preferences.view().restoreOffers
      const chosen = offers.filter((_, position) => positions?.includes(position) ?? true)
      preferences.dropOffers()
      return chosen.map(open)
    },

    dismissRestore(): void {
      preferences.dropOffers()
      publisher.flush()
    },
  }
}

function offerOf(row: Row): RestoreOffer {
  const { target, reconnects } = row.view()
  return { url: target.url, subprotocols: target.subprotocols, autoReconnect: reconnects.enabled }
}
