'use client'
/** When a trial has shown what it can show: its connections are over, or have been watched for as long as planned. */
import { live } from '#components/core/live-core.ts'
import type { Fault } from '#lib/lab/fault.ts'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import { isOver, openedAt } from '#lib/store/connection/connection-state.ts'

/** How long the other side's word on an end is awaited: the server's events travel on a connection of their own. */
const lastWordMs = 1000
/** How long a connection is watched past the times that were set, where the fault names no other time. */
const usualWatchSeconds = 4

export interface Watch {
  /** The connections of the trial by now, and whether more are to come. */
  connections(): { ids: readonly ConnectionId[]; isComplete: boolean }
  /** How long the first of them is watched from its opening, in milliseconds. */
  readonly longestMs: number
  /** The first has opened: it will be judged at this time, in epoch milliseconds, though it is still open. */
  planned(at: number): void
  /** There is something new to judge: the time has come, or an end was seen. */
  ripe(): void
}

/** Watches until all connections are over, and returns the undo. */
export function watchTrial({ connections, longestMs, planned, ripe }: Watch): () => void {
  let longest: ReturnType<typeof setTimeout> | undefined
  let lastWord: ReturnType<typeof setTimeout> | undefined
  let seen = ''

  const stop = () => {
    clearTimeout(longest)
    clearTimeout(lastWord)
    unsubscribe()
  }
  const judgeNow = (isLast: boolean) => {
    clearTimeout(longest)
    if (isLast) stop()
    ripe()
  }
  const look = () => {
    const { ids, isComplete } = connections()
    const rows = ids.flatMap((id) => live.store.getState().connections[id] ?? [])
    const opened = rows[0] && openedAt(rows[0].state)
    if (longest === undefined && opened !== undefined && opened !== null) {
      planned(opened + longestMs)
      longest = setTimeout(judgeNow, opened + longestMs - now(), false)
    }
    // One side may know of the end and the other not yet, or never.
    const ends = rows.map(endsOf)
    if (!isComplete || !ends.every(({ page, server }) => page || server)) return
    const isLast = ends.every(({ page }) => page)
    if (isLast && ends.every(({ server }) => server)) return judgeNow(true)
    const key = `${rows.length} ${isLast}`
    if (key === seen) return
    seen = key
    clearTimeout(lastWord)
    lastWord = setTimeout(judgeNow, lastWordMs, isLast)
  }
  const unsubscribe = live.store.subscribe(look)
  return stop
}

const now = () => performance.timeOrigin + performance.now()

/** Who has seen the end of a connection. */
const endsOf = ({ state, server }: Connection) => ({
  page: isOver(state),
  server: server.disconnected !== null || server.rejected !== null,
})

/**
 * How long to watch what stays open: every time that the knobs set, the companions, and a while to see what follows.
 * @param knobs as they were turned; those left out are at their default
 */
export function longestWatchMs(
  { family, knobs: all, open }: Pick<Fault, 'family' | 'knobs' | 'open'>,
  knobs: Readonly<Record<string, string | number>> = {},
): number {
  const { companions, watch_seconds: watchSeconds = usualWatchSeconds } = open
  // What delays the answer is over when the watch begins.
  const times = family === 'answer' || family === 'upgrade' ? [] : Object.entries(all)
  const seconds = times.map(([name, knob]) =>
    knob.kind === 'number' && knob.unit === 'seconds' ? Number(knobs[name] ?? knob.default) : 0,
  )
  const opening = companions === undefined ? 0 : companions.count * companions.every_seconds
  return (seconds.reduce((sum, each) => sum + each, opening) + watchSeconds) * 1000
}
