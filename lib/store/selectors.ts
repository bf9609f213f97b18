/**
 * Narrow reads. Each returns a part of the state as it stands, so its reference changes only when the part
 * does: fit for `useStore(store, selectState(id))`. A row that was removed reads as undefined.
 */
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import type { LiveState } from '#lib/store/live-state.ts'

export const selectConnectionIds = (state: LiveState) => state.connectionIds
export const selectFeedStatus = (state: LiveState) => state.feed.status
export const selectEvents = (state: LiveState) => state.feed.entries
export const selectEventRate = (state: LiveState) => state.feed.ratePerSecond
export const selectRecordings = (state: LiveState) => state.recordings

export const selectWatched = (state: LiveState) => state.watched
export const selectServer = (state: LiveState) => state.server
export const selectRecentUrls = (state: LiveState) => state.preferences.recentUrls
export const selectSendHistory = (state: LiveState) => state.preferences.sendHistory
export const selectRestoreOffers = (state: LiveState) => state.preferences.restoreOffers

export const selectConnection = (id: ConnectionId | null) => (state: LiveState) =>
  id === null ? undefined : state.connections[id]

/** `selectFacet(id, 'traffic')`: one facet of one connection. */
export const selectFacet =
  <K extends keyof Connection>(id: ConnectionId | null, facet: K) =>
  (state: LiveState): Connection[K] | undefined =>
    id === null ? undefined : state.connections[id]?.[facet]
