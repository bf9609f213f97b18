/** The whole state of the live core. */
import type { RowsView } from '#lib/store/connection/rows.ts'
import type { FeedState } from '#lib/store/feed/feed-state.ts'
import type { Preferences } from '#lib/store/preferences.ts'
import type { Recorded } from '#lib/store/recordings.ts'
import type { ServerStatus } from '#lib/store/server-status.ts'
import type { Watched } from '#lib/store/watched.ts'

export interface PageState {
  readonly origin: string
  readonly hidden: boolean
  readonly online: boolean
}

export interface LiveState extends RowsView {
  readonly feed: FeedState
  /** What other pages recorded since this one reads events. */
  readonly recordings: readonly Recorded[]
  /** What became of watches since this page reads events. */
  readonly watched: readonly Watched[]
  readonly server: ServerStatus
  readonly page: PageState
  readonly preferences: Preferences
}
