/** When a lost connection is tried again. Keeps the schedule as state, so that it can be drawn. */

import type { ReconnectAttempt, Reconnects } from '#lib/store/connection/connection.ts'
import type { ConnectionState } from '#lib/store/connection/connection-state.ts'
import { backOffPolicy, boundMs, delayMs } from '#lib/store/kit/back-off.ts'
import type { Ports, Stop } from '#lib/store/kit/ports.ts'
import { createTracker } from '#lib/store/kit/tracker.ts'

const noReconnects: Reconnects = { enabled: false, attempts: [], resting: null }

const ATTEMPTS_KEPT = 50

export interface ReconnectPlan {
  setEnabled(enabled: boolean, state: ConnectionState): void
  /** The connection is over: plans the next attempt, or rests and says why. */
  onOver(state: ConnectionState, endedByPerson: boolean): void
  onOpen(): void
  /** The browser is online again: what rested for that reason is due at once. */
  onOnline(): void
  /** A person reconnected or closed: the series and its timer are over. */
  clear(): void
  view(): Reconnects
}

export function createReconnectPlan(
  ports: Pick<Ports, 'now' | 'schedule' | 'random' | 'page'>,
  begin: () => void,
): ReconnectPlan {
  const plan = createTracker(noReconnects)
  let cancel: Stop = () => {}
  let lastOver: { readonly state: ConnectionState; readonly endedByPerson: boolean } | null = null

  const settle = (outcome: 'opened' | 'failed'): void => {
    const { attempts } = plan.view()
    const last = attempts.at(-1)
    if (last?.outcome !== 'connecting') return
    plan.update({ attempts: [...attempts.slice(0, -1), { ...last, outcome }] })
  }

  const start = (): void => {
    const { attempts } = plan.view()
    const last = attempts.at(-1)
    if (last === undefined) return
    plan.update({ attempts: [...attempts.slice(0, -1), { ...last, outcome: 'connecting' }] })
    begin()
  }

  const schedule = (): void => {
    const before = plan.view().attempts
    const attempt = (before.at(-1)?.attempt ?? 0) + 1
    const now = ports.now()
    const delay = delayMs(attempt, ports.random())
    const next: ReconnectAttempt = {
      attempt,
      lostAt: now,
      boundMs: boundMs(attempt),
      delayMs: delay,
      plannedAt: now + delay,
      outcome: 'waiting',
    }
    plan.update({ attempts: [...before, next].slice(-ATTEMPTS_KEPT), resting: null })
    cancel()
    cancel = ports.schedule(start, delay)
  }

  const onOver = (state: ConnectionState, endedByPerson: boolean): void => {
    settle('failed')
    lastOver = { state, endedByPerson }
    if (!plan.view().enabled) return
    const resting = reasonToRest(state, endedByPerson, ports.page.isOnline())
    if (resting !== null) {
      plan.update({ resting })
      return
    }
    if (wasStable(state)) plan.update({ attempts: [] })
    schedule()
  }

  const clear = (): void => {
    cancel()
    lastOver = null
    plan.update({ attempts: [], resting: null })
  }

  return {
    setEnabled(enabled, state) {
      if (enabled === plan.view().enabled) return
      cancel()
      plan.update({ enabled, attempts: [], resting: null })
      if (enabled && lastOver !== null && lastOver.state === state) onOver(state, lastOver.endedByPerson)
    },
    onOver,
    onOpen() {
      lastOver = null
      settle('opened')
    },
    onOnline() {
      if (plan.view().resting === 'offline' && lastOver !== null) onOver(lastOver.state, false)
    },
    clear,
    view: plan.view,
  }
}

function reasonToRest(
  state: ConnectionState,
  endedByPerson: boolean,
  isOnline: boolean,
): Reconnects['resting'] {
  if (endedByPerson) return 'closed-by-person'
  // What the browser itself refuses, it refuses again.
  if (state.phase === 'refused' || state.phase === 'blocked') return 'refused'
  if (state.phase === 'closed' && state.code === 1000) return 'closed-normally'
  return isOnline ? null : 'offline'
}

function wasStable(state: ConnectionState): boolean {
  return state.phase === 'closed' && state.lastedMs >= backOffPolicy.stableAfterMs
}
