/**
 * What is being watched, and what became of it: beside the journal, so that a server that is started again goes on. The
 * contract of both stores; `tests/server/watch/conformance.ts` holds each to it.
 */
import type { WatchLoss, WatchOrder } from '#lib/api/watch.ts'
import type { AddressPolicy } from '#server/probe/transport/address-guard.ts'

export interface WatchRecord {
  readonly id: string
  /** Seconds since the Unix epoch. */
  readonly created: number
  /** As it was given: with the headers and tokens that it takes to connect. */
  readonly order: WatchOrder
  /** Who asked for it: which addresses it may reach. */
  readonly caller: AddressPolicy['caller']
  /** False once a person has stopped it. */
  readonly isRunning: boolean
  readonly attempts: number
  readonly lost: number
  readonly refused: number
  /** When it was watched last, seconds since the Unix epoch. */
  readonly seen: number
}

export interface WatchStore {
  /** Whether it outlives the process. */
  readonly isLasting: boolean
  /** Newest first. */
  list(): WatchRecord[]
  /** A new one, or what changed of one. */
  put(record: WatchRecord): void
  /** The newest thousand, oldest first. */
  losses(id: string): WatchLoss[]
  /** A new one, or what changed of the newest: they are told apart by their moment. */
  putLoss(id: string, loss: WatchLoss): void
  /** With its losses. */
  remove(id: string): void
}

export const MOST_LOSSES = 1000

export function createMemoryWatches(): WatchStore {
  const records = new Map<string, WatchRecord>()
  const losses = new Map<string, WatchLoss[]>()
  return {
    isLasting: false,
    list: () => [...records.values()].reverse(),
    put: (record) => {
      records.set(record.id, record)
    },
    losses: (id) => [...(losses.get(id) ?? [])],
    putLoss: (id, loss) => {
      const kept = losses.get(id) ?? []
      if (kept.at(-1)?.at === loss.at) kept.pop()
      losses.set(id, [...kept, loss].slice(-MOST_LOSSES))
    },
    remove: (id) => {
      records.delete(id)
      losses.delete(id)
    },
  }
}
