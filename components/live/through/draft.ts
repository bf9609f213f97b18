import type { Extras } from '#components/core/through.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'

/** What the form "Connect through Why1006" begins with. */
export interface ThroughDraft {
  readonly url: string
  readonly subprotocols: readonly string[]
}

/** What a row was opened with, so that it can be kept in a set: in the memory of this page alone. */
export const extrasOf = new Map<ConnectionId, Extras>()
