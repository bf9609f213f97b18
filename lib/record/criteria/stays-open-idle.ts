import { type Criterion, met, pending, unknown, unmet } from '#lib/record/criteria/criterion.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import { describeDuration, describeSetting } from '#lib/text/duration.ts'

export const staysOpenIdle: Criterion = {
  id: 'stays-open-idle',
  title: (_, { idleMs }) => `Stays open idle for ${describeSetting(idleMs)}`,
  judge(connection, { now, idleMs }) {
    const { state, traffic } = connection
    const runningMs = traffic.idleSince === null ? 0 : now - traffic.idleSince
    const bestMs = Math.max(traffic.longestIdleMs, runningMs)
    if (state.phase === 'suspect') {
      return unknown(`${state.unanswered} page pings unanswered, probably half-open`)
    }
    if (bestMs > idleMs)
      return met(`${describeDuration(bestMs)} without a message of yours${busyWith(connection)}`)
    if (state.phase === 'open') return pending(`${describeDuration(runningMs)} so far${busyWith(connection)}`)
    if (state.phase === 'connecting') return pending('not open yet')
    if (state.phase !== 'closed') return unknown('never opened')
    const after = describeDuration(state.lastedMs)
    return state.by === 'client' && state.how === 'close-frame'
      ? unknown(`closed by this page after ${after}`)
      : unmet(`${state.code} after ${after}`)
  },
}

/** What else kept the line busy: honest about a silence that was none on the wire. */
function busyWith({ pagePings, beats }: Connection): string {
  if (pagePings.mode === 'every') return `; page pings every ${describeSetting(pagePings.intervalMs)}`
  if (beats.source === 'server' && beats.intervalMs !== null) {
    return `; the server’s beats every ${describeSetting(beats.intervalMs)}`
  }
  return ''
}
