/** The live core: connections, the server's events and its health, for a page to draw. README.md is its map. */
import type { StoreApi } from 'zustand/vanilla'
import type { LiveActions, LiveState } from '#lib/store/live-state.ts'
import type { Stop } from '#lib/store/ports.ts'

export interface Live {
  readonly store: StoreApi<LiveState>
  readonly actions: LiveActions
  /** Connects the feed, polls the server, listens to the page. The undo also closes every socket. */
  start(): Stop
}
