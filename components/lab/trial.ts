import type { RunningProxy } from '#lib/api/lab.ts'
import type { FaultId } from '#lib/lab/faults.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'

/** One trial of a fault: the connection that is looked at, and those that were opened to compare it with. */
export interface Trial {
  readonly fault: FaultId
  readonly connectionId: ConnectionId
  readonly companionIds: readonly ConnectionId[]
  /** Companions that are still to be opened. */
  readonly companionsToCome: number
  /** What was opened, as the probe can open it too. */
  readonly url: string
  readonly subprotocols: readonly string[]
  /** Null: the relay inside this server. */
  readonly proxy: RunningProxy | null
  /** Epoch milliseconds at which it is judged though it is still open; null before it opened and once it was judged. */
  readonly judgedAt: number | null
}
