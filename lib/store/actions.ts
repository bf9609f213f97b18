/** What a person can do, over the parts that do it. What they see done is published at once. */
import { checkClose } from '#lib/protocol/close-request.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import { pingTextFor } from '#lib/store/connection/page-pinger.ts'
import type { Row } from '#lib/store/connection/row.ts'
import type { Rows } from '#lib/store/connection/rows.ts'
import type { Feed } from '#lib/store/feed/feed.ts'
import type { Publisher } from '#lib/store/kit/publisher.ts'
import type { LiveActions, Refusal } from '#lib/store/live-state.ts'
import type { RestoreOffer } from '#lib/store/preferences.ts'
import type { PreferencesKeeper } from '#lib/store/preferences-file.ts'

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

export function createActions({ rows, feed, preferences, publisher, origin }: ActionParts): LiveActions {
  const withRow = (id: ConnectionId, act: (row: Row) => Refusal | null): Refusal | null => {
    const row = rows.get(id)
    if (row === undefined) return { code: 'unknown-connection', says: 'This connection was removed.' }
    const refusal = act(row)
    publisher.flush()
    return refusal
  }

  const experiments = new Set<ConnectionId>()

  const rememberConnections = (): void => {
    const lasting = Array.from(rows.all()).filter(({ id }) => !experiments.has(id))
    const open = lasting.map((row): RestoreOffer => {
      const { target, retry } = row.view()
      return { url: target.url, subprotocols: target.subprotocols, autoReconnect: retry.enabled }
    })
    preferences.setConnections(open)
  }

  const open: LiveActions['open'] = (request) => {
    const autoReconnect = request.autoReconnect ?? preferences.view().settings.autoReconnect
    const row = rows.open({ ...request, autoReconnect })
    if (request.remember === false) experiments.add(row.id)
    else {
      preferences.rememberUrl(request.url)
      rememberConnections()
    }
    publisher.flush()
    return row.id
  }

  return {
    open,
    watchHeartbeat: () =>
      open({
        url: origin.replace(/^http/, 'ws') + WATCH.path,
        pagePings: { mode: 'every', intervalMs: WATCH.pingIntervalMs },
      }),

    close: (id, code = 1000, reason = '') =>
      withRow(id, (row) => {
        const refusal = checkClose(code, reason)
        if (refusal === null) row.close(code, reason)
        return refusal
      }),

    reconnect: (id) =>
      withRow(id, (row) => {
        row.reconnect()
        return null
      }),

    reconnectAll() {
      for (const row of rows.all()) if (isOver(row.view().state)) row.reconnect()
      publisher.flush()
    },

    remove(id) {
      rows.remove(id)
      if (!experiments.delete(id)) rememberConnections()
      publisher.flush()
    },

    setAutoReconnect: (id, enabled) =>
      withRow(id, (row) => {
        row.setAutoReconnect(enabled)
        rememberConnections()
        return null
      }),

    setPagePings: (id, pings) =>
      withRow(id, (row) => {
        if (pings.mode !== 'off' && pingTextFor(row.view().target, pings) === null) {
          const says = 'This server is not ours: say which message to ping it with.'
          return { code: 'needs-message', says }
        }
        row.setPagePings(pings)
        return null
      }),

    send: (id, payload) =>
      withRow(id, (row) => {
        const refusal = row.send(payload)
        if (refusal === null && payload.opcode === 'text') preferences.rememberSent(payload.text)
        return refusal
      }),

    startRepeat: (id, payload, everyMs) => withRow(id, (row) => row.startRepeat(payload, everyMs)),

    stopRepeat(id) {
      rows.get(id)?.stopRepeat()
      publisher.flush()
    },

    clearLog(id) {
      rows.get(id)?.clearLog()
      publisher.flush()
    },

    clearEvents() {
      feed.clear()
      publisher.flush()
    },

    fillGap: feed.fillGap,

    changeSettings(change) {
      preferences.change(change)
      publisher.flush()
    },

    acceptRestore(positions) {
      const offers = preferences.view().restoreOffers
      const chosen = offers.filter((_, position) => positions?.includes(position) ?? true)
      preferences.dropOffers()
      return chosen.map((offer) => open(offer))
    },

    dismissRestore() {
      preferences.dropOffers()
      rememberConnections()
      publisher.flush()
    },
  }
}
