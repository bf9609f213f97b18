/** The whole state of the live core and what can be done to it. */
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { Connection, ConnectionId, PagePings } from '#lib/store/connection/connection.ts'
import type { FeedState } from '#lib/store/feed/feed-state.ts'
import type { Preferences, Settings } from '#lib/store/preferences.ts'
import type { ServerStatus } from '#lib/store/server-status.ts'

export interface PageState {
  readonly origin: string
  readonly hidden: boolean
  readonly online: boolean
}

export interface LiveState {
  /** In order of opening. */
  readonly connectionIds: readonly ConnectionId[]
  readonly connections: Readonly<Record<ConnectionId, Connection>>
  readonly feed: FeedState
  readonly server: ServerStatus
  readonly page: PageState
  readonly preferences: Preferences
}

export interface OpenRequest {
  /** A ws:// or wss:// URL, as `normaliseAddress` returns it; others are left to the browser to refuse. */
  readonly url: string
  readonly subprotocols?: readonly string[]
  /** Off by default. */
  readonly pagePings?: PagePings
  /** The person's setting by default. */
  readonly autoReconnect?: boolean
  /** What answers at a URL of another port, where the caller knows it: this server behind a proxy that it started. */
  readonly endpoint?: OwnEndpoint
  /** False: an experiment, not to be found among the recent URLs or offered again at the next visit. */
  readonly remember?: boolean
}

/** An action that was not carried out: a stable code, and a sentence that says what is allowed. */
export interface Refusal {
  readonly code:
    | 'unknown-connection'
    | 'not-open'
    | 'close-code-not-allowed'
    | 'reason-too-long'
    | 'repeat-too-fast'
    | 'needs-message'
    | 'send-failed'
  readonly says: string
}

export interface LiveActions {
  /** Opens a socket in a new row and returns the row's id. Never throws: a refusal by the browser is a state. */
  open(request: OpenRequest): ConnectionId
  /** `/ws/health?ping_interval=2` with page pings every 2 s, the first at once. */
  watchHeartbeat(): ConnectionId
  /** Code 1000 by default. Pages may send 1000 and 3000 to 4999, with a reason of at most 123 bytes in UTF-8. */
  close(id: ConnectionId, code?: number, reason?: string): Refusal | null
  /** A new attempt in the same row; an open one is closed with 1000 first. */
  reconnect(id: ConnectionId): Refusal | null
  /** Every row that is over. */
  reconnectAll(): void
  /** Closes it with 1000 if need be and forgets it. */
  remove(id: ConnectionId): void
  setAutoReconnect(id: ConnectionId, enabled: boolean): Refusal | null
  setPagePings(id: ConnectionId, pings: PagePings): Refusal | null
  send(id: ConnectionId, payload: Payload): Refusal | null
  /** Sends now and then every so many milliseconds (at least 20), until stopped or over. */
  startRepeat(id: ConnectionId, payload: Payload, everyMs: number): Refusal | null
  stopRepeat(id: ConnectionId): void
  clearLog(id: ConnectionId): void
  clearEvents(): void
  /** Fetches what a gap stands for and puts it in its place; at most 20,000 events. */
  fillGap(key: string): Promise<void>
  changeSettings(change: Partial<Settings>): void
  /** Opens the offered connections (all, or those at these positions) and withdraws the offer. */
  acceptRestore(positions?: readonly number[]): readonly ConnectionId[]
  dismissRestore(): void
}
