import { type Criterion, met, pending, unknown, unmet } from '#lib/record/criteria/criterion.ts'
import type { EndedBy } from '#lib/store/connection/connection-state.ts'
import { describeDuration } from '#lib/text/duration.ts'

const closers = {
  client: 'by this page',
  server: 'by the server',
  network: 'without a Close frame',
} satisfies Record<EndedBy, string>

export const closesWith1000: Criterion = {
  id: 'closes-with-1000',
  title: () => 'Closes with 1000',
  judge({ state }) {
    switch (state.phase) {
      case 'connecting':
        return pending('not open yet')
      case 'open':
        return pending('still open')
      case 'suspect':
        return pending('open, probably half-open')
      case 'closing':
        return pending(`${state.code} sent, not answered yet`)
      case 'closed': {
        const after = `after ${describeDuration(state.lastedMs)}`
        // The name of 1006 says the same as that no Close frame came.
        const evidence =
          state.by === 'network'
            ? `${state.code} ${after}, ${closers.network}`
            : `${state.code} ${state.name}, ${closers[state.by]}, ${after}`
        return state.code === 1000 && state.wasClean ? met(evidence) : unmet(evidence)
      }
      case 'never-opened':
        return state.abandoned ? unknown('canceled by you') : unmet(`${state.code}, never opened`)
      case 'refused':
      case 'blocked':
        return unknown('there was no connection to close')
    }
  },
}
