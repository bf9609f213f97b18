/** When a trial has shown what it can show: its connections are over, or have been watched for as long as planned. */
import { now } from '#components/core/now.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import { isOpen, isOver, openedAt } from '#lib/store/connection/connection-state.ts'
import type { Trial, Undo } from './trial.ts'

/** How long the other side's word on an end is awaited: the server's events travel on a connection of their own. */
const lastWordMs = 1000

export interface Watch {
  readonly trial: Trial
  /** How long the first connection is watched from its opening. */
  readonly longestMs: number
  /** The first has opened: it will be judged at this time, in epoch milliseconds, though it is still open. */
  planned(at: number): void
  /** There is something new to judge: the time has come, or an end was seen. */
  ripe(): void
}

/** Watches until all connections are over. */
export function watchTrial({ trial, longestMs, planned, ripe }: Watch): Undo {
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
    const rows = trial.connections()
    const opened = rows[0] && openedAt(rows[0].state)
    if (longest === undefined && opened !== undefined && opened !== null) {
      planned(opened + longestMs)
      longest = setTimeout(judgeNow, opened + longestMs - now(), false)
    }
    // One side may know of the end and the other not yet, or never.
    const ends = rows.map(endsOf)
    if (trial.toCome() > 0 || !ends.every(({ page, server }) => page || server)) return
    const isLast = ends.every(({ page }) => page)
    if (isLast && ends.every(({ server }) => server)) return judgeNow(true)
    const key = `${rows.length} ${isLast}`
    if (key === seen) return
    seen = key
    clearTimeout(lastWord)
    lastWord = setTimeout(judgeNow, lastWordMs, isLast)
  }
  const unsubscribe = trial.subscribe(look)
  return stop
}

/** Who has seen the end of a connection. */
const endsOf = ({ state, server }: Connection) => ({
  page: isOver(state),
  server: server.disconnected !== null || server.rejected !== null,
})

/** How long a trial is awaited once everybody else is done: while it is connecting, and while it is open. */
export interface Grace {
  readonly connectingMs: number
  readonly openMs: number
}

/** Resolves when all are over, or a little later: a cut meets two connections a little apart. */
export function settled(trial: Trial, { connectingMs, openMs }: Grace): Promise<void> {
  return new Promise((resolve) => {
    const goesOn = () => trial.connections().filter(({ state }) => !isOver(state))
    const left = goesOn()
    if (left.length === 0) return resolve()
    const timer = setTimeout(done, left.every(({ state }) => isOpen(state)) ? openMs : connectingMs)
    const undo = trial.subscribe(() => goesOn().length === 0 && done())
    function done() {
      clearTimeout(timer)
      undo()
      resolve()
    }
  })
}
