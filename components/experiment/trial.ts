/** What an experiment opens: one connection, and where one alone cannot show it, others to compare it with. */
import type { Evidence } from '#lib/evidence/schema.ts'
import { connectionEvidence, type RecordedConnection } from '#lib/record/connection-evidence.ts'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import type { Live } from '#lib/store/live.ts'

export type Undo = () => void

/** What is known beside the connections themselves: the server's events, this page, the time. */
export type Recorder = () => Pick<RecordedConnection, 'feed' | 'page' | 'nowMs'>

export interface Trial {
  /** In the order of their opening: the first is looked at, the others are compared with it. */
  ids(): readonly ConnectionId[]
  /** How many are still to be opened. */
  toCome(): number
  /** Those that nobody has removed. */
  connections(): readonly Connection[]
  /** What page and server recorded by now; null where the first was removed, or nothing was opened. */
  evidence(): Evidence | null
  /** Calls back when anything may have changed. */
  subscribe(look: () => void): Undo
  /** Opens no more. */
  stop(): void
  /** Closes and forgets all of them. */
  forget(): void
}

export interface TrialOptions {
  /** The core that the connections are of. */
  readonly core: Pick<Live, 'store' | 'actions'>
  readonly recorder: Recorder
  /** Opens one more; all are alike. */
  readonly open: () => ConnectionId
  /** One after the other. */
  readonly companions?: { readonly count: number; readonly everyMs: number } | undefined
}

/** Opens the first at once. */
export function openTrial({ core, recorder, open, companions }: TrialOptions): Trial {
  const { count, everyMs } = companions ?? { count: 0, everyMs: 0 }
  let ids: readonly ConnectionId[] = []
  let toCome = count
  const looking = new Set<() => void>()
  const openNext = () => {
    if (ids.length > 0) toCome -= 1
    ids = [...ids, open()]
    if (toCome === 0) clearInterval(timer)
    for (const look of looking) look()
  }
  const timer = count > 0 ? setInterval(openNext, everyMs) : undefined
  openNext()
  const stop = () => {
    clearInterval(timer)
    toCome = 0
  }
  return {
    ids: () => ids,
    toCome: () => toCome,
    connections: () => connectionsOf(core, ids),
    evidence: () => recordedOf(core, ids, recorder),
    subscribe: (look) => {
      looking.add(look)
      const unsubscribe = core.store.subscribe(look)
      return () => {
        looking.delete(look)
        unsubscribe()
      }
    },
    stop,
    forget: () => {
      stop()
      for (const id of ids) core.actions.remove(id)
    },
  }
}

/** Nothing is opened: what was recorded lies behind us. @param recorded null where nothing was */
export function pastTrial(recorded: Evidence | null): Trial {
  const nothing = () => {}
  return {
    ids: () => [],
    toCome: () => 0,
    connections: () => [],
    evidence: () => recorded,
    subscribe: () => nothing,
    stop: nothing,
    forget: nothing,
  }
}

/** What is recorded by now of the first of these connections, with the others beside it. */
export function recordedOf(
  core: Pick<Live, 'store'>,
  [first, ...others]: readonly ConnectionId[],
  recorder: Recorder,
): Evidence | null {
  const [connection] = connectionsOf(core, first === undefined ? [] : [first])
  if (connection === undefined) return null
  return connectionEvidence({ connection, beside: connectionsOf(core, others), ...recorder() })
}

function connectionsOf({ store }: Pick<Live, 'store'>, ids: readonly ConnectionId[]): readonly Connection[] {
  const { connections } = store.getState()
  return ids.flatMap((id) => connections[id] ?? [])
}
