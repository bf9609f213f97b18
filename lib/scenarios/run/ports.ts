/** What a run needs of the world: sockets, the server's engine, a clock. The page's own are in `components/scenarios/`. */
import type { Evidence } from '#lib/evidence/schema.ts'
import type { Diagnosed, Hold, Hop, Opening, Subject } from '#lib/scenarios/run/run-state.ts'
import type { Setup } from '#lib/scenarios/scenario.ts'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'

export type Undo = () => void

export type Examine = {
  /** What the probe is to open; null: only the evidence is judged. */
  readonly probe:
    | (Subject & {
        readonly holdSeconds: number
        readonly patienceSeconds: number
      })
    | null
  /** Null: nothing was recorded, so the probe alone tells. */
  readonly evidence: Evidence | null
}

export type RunPorts = {
  /** Epoch milliseconds. */
  now(): number
  /** Whether this page came over https. */
  isSecurePage(): boolean
  /** Calls back when something that is looked at changed, and a few times a second. */
  watch(look: () => void): Undo
  connection(id: ConnectionId): Connection | undefined
  isFeedLive(): boolean
  /**
   * Opens what a step asks for, and tells of it at once and of each further connection. The undo closes and forgets
   * all of them. Rejects with a sentence for people.
   */
  open(setup: Setup, hop: Hop, opened: (opening: Opening) => void): Promise<Undo>
  /** With 1000. */
  close(id: ConnectionId): void
  /** What page and server recorded of it by now. */
  evidence(opening: Opening): Evidence
  /** Rejects with a sentence for people; aborted, with anything. */
  examine(
    order: Examine,
    tell: (says: string, hold: Hold | null) => void,
    signal: AbortSignal,
  ): Promise<Diagnosed>
  /** Stops the real proxies that were started. */
  stopProxies(): void
}
