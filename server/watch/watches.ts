/** All watches of this server: how many there may be, and that they go on when it is started again. */
import { randomBytes } from 'node:crypto'
import type { WatchDetail, WatchList, WatchOrder } from '#lib/api/watch.ts'
import { understandTarget } from '#lib/applications/target.ts'
import { sentence } from '#lib/text/foreign.ts'
import type { Journal } from '#server/journal/journal.ts'
import type { ProbeTools } from '#server/probe/probe.ts'
import type { AddressPolicy, AllowList } from '#server/probe/transport/address-guard.ts'
import { pause } from '#server/probe/transport/clock.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import type { Reports } from '#server/reports/reports.ts'
import type { WatchRecord, WatchStore } from '#server/watch/store.ts'
import { createWatch, type Post, type Watch } from '#server/watch/watch.ts'
import { readWebhookUrl } from '#server/watch/webhook.ts'

export interface WatchesOptions extends Pick<ProbeTools, 'ask'> {
  readonly store: WatchStore
  readonly journal: Journal
  readonly reports: Pick<Reports, 'note'>
  readonly allow: AllowList
  /** Posts the notices of one watch to this URL. */
  readonly post: (url: URL, policy: AddressPolicy) => Post
  readonly clock?: () => number
  readonly limits?: WatchLimits
}

export interface WatchLimits {
  /** At once. */
  readonly running: number
  /** With those that are stopped. */
  readonly kept: number
}

/** There are as many as there may be. */
export class WatchLimitError extends Error {
  readonly limit: keyof WatchLimits
  readonly most: number

  constructor(limit: keyof WatchLimits, most: number) {
    super(`At most ${most} watches may be ${limit}`)
    this.name = 'WatchLimitError'
    this.limit = limit
    this.most = most
  }
}

export interface Watches {
  /** @throws ProbeRefusal for a target or an option that is not allowed, WatchLimitError */
  create(order: WatchOrder, caller: AddressPolicy['caller']): Promise<WatchDetail>
  list(): WatchList
  get(id: string): WatchDetail | undefined
  /** Each resolves with undefined where there is none of this id. @throws as `create` does */
  start(id: string): Promise<WatchDetail | undefined>
  stop(id: string): Promise<WatchDetail | undefined>
  remove(id: string): Promise<WatchDetail | undefined>
  /** The server ends: what is watched stays in the store. */
  close(): Promise<void>
}

const LIMITS: WatchLimits = { running: 20, kept: 100 }
const MARK_MS = 60_000
const CLOSING_MS = 1000

export function createWatches(options: WatchesOptions): Watches {
  const { store, journal, allow, clock = Date.now, limits = LIMITS } = options
  const watches = new Map<string, Watch>()
  let isFailing = false

  /** What the disk refuses is told once, until it takes something again. */
  const kept = (write: () => void) => {
    try {
      write()
      isFailing = false
    } catch (error) {
      if (isFailing) return
      isFailing = true
      journal.append({
        kind: 'error',
        code: 'watch-not-kept',
        message: `What is watched cannot be written: ${String(error).slice(0, 200)}. It goes on, and is lost when the server ends.`,
      })
    }
  }

  const watchOf = (record: WatchRecord): Watch => {
    const { notify } = record.order
    const policy: AddressPolicy = { caller: record.caller, allow }
    return createWatch(record, {
      store,
      journal,
      reports: options.reports,
      policy,
      ...(options.ask && { ask: options.ask }),
      post: notify === undefined ? undefined : options.post(readWebhookUrl(notify), policy),
      clock,
      kept,
    })
  }

  const makeRoom = () => {
    const running = [...watches.values()].filter(({ record }) => record.isRunning)
    if (running.length >= limits.running) throw new WatchLimitError('running', limits.running)
  }

  for (const record of store.list()) {
    const watch = watchOf(record)
    watches.set(record.id, watch)
    // What is refused by now says so itself.
    if (record.isRunning) watch.start(true).catch(() => {})
  }

  const marking = setInterval(() => {
    for (const watch of watches.values()) watch.mark()
  }, MARK_MS)
  marking.unref()

  return {
    async create(order, caller) {
      const target = understandTarget(order.url)
      if (!target.ok) throw new ProbeRefusal('target-unreadable', target.says)
      if (order.notify !== undefined) readWebhookUrl(order.notify)
      makeRoom()
      if (watches.size >= limits.kept) throw new WatchLimitError('kept', limits.kept)
      const now = clock() / 1000
      const record: WatchRecord = {
        id: randomBytes(8).toString('hex'),
        created: now,
        order,
        caller,
        isRunning: true,
        attempts: 0,
        lost: 0,
        refused: 0,
        seen: now,
      }
      const watch = watchOf(record)
      watches.set(record.id, watch)
      try {
        await watch.start()
      } catch (error) {
        watches.delete(record.id)
        kept(() => store.remove(record.id))
        throw error
      }
      return watch.detail()
    },

    list: () => ({
      watches: [...watches.values()].map((watch) => watch.summary()).sort((a, b) => b.created - a.created),
      most: limits.running,
      kept: store.isLasting,
    }),

    get: (id) => watches.get(id)?.detail(),

    async start(id) {
      const watch = watches.get(id)
      if (watch === undefined) return undefined
      if (!watch.record.isRunning) {
        makeRoom()
        await watch.start()
      }
      return watch.detail()
    },

    async stop(id) {
      const watch = watches.get(id)
      await watch?.stop()
      return watch?.detail()
    },

    async remove(id) {
      const watch = watches.get(id)
      if (watch === undefined) return undefined
      await watch.stop()
      watches.delete(id)
      kept(() => store.remove(id))
      return watch.detail()
    },

    async close() {
      clearInterval(marking)
      const halted = Promise.all([...watches.values()].map((watch) => watch.halt()))
      // A verdict that is still awaited holds no server up.
      const patience = new AbortController()
      await Promise.race([halted, pause(CLOSING_MS, patience.signal)])
      patience.abort()
    },
  }
}

/** What to tell a person about it. */
export const limitWords = ({ limit, most }: WatchLimitError) =>
  limit === 'running'
    ? {
        message: sentence`${most} connections are being watched, and no more may be.`,
        remedy: 'Stop one of them.',
      }
    : { message: sentence`${most} watches are kept, and no more may be.`, remedy: 'Remove one of them.' }
