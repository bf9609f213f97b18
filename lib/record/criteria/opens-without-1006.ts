import { type Criterion, met, pending, unknown, unmet } from '#lib/record/criteria/criterion.ts'
import { describeDuration } from '#lib/text/duration.ts'

/** A 1006 this soon after the opening belongs to the opening: the handshake went through and nothing behind it worked. */
const AT_ONCE_MS = 1_000

export const opensWithout1006: Criterion = {
  id: 'opens-without-1006',
  title: () => 'Opens without 1006',
  judge({ state }, { now }) {
    switch (state.phase) {
      case 'connecting':
        return pending(`connecting for ${describeDuration(now - state.since)}`)
      case 'open':
      case 'suspect':
        return met(`in ${describeDuration(state.timeToOpenMs)}`)
      case 'closing':
        return state.opened === null
          ? unknown('canceled by you')
          : met(`in ${describeDuration(state.opened.timeToOpenMs)}`)
      case 'closed':
        return state.code === 1006 && state.lastedMs < AT_ONCE_MS
          ? unmet(`opened, then 1006 after ${describeDuration(state.lastedMs)}`)
          : met(`in ${describeDuration(state.opened.timeToOpenMs)}`)
      case 'never-opened':
        return state.abandoned
          ? unknown('canceled by you')
          : unmet(`${state.code} after ${describeDuration(state.afterMs)}`)
      case 'refused':
        return unmet(`the browser refused the URL: ${state.name}`)
      case 'blocked':
        return unmet('blocked by the page’s content security policy')
    }
  },
}
