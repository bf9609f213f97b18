import { type Criterion, FROM_OUTSIDE, met, pending, unknown, unmet } from '#lib/record/criteria/criterion.ts'
import { isOpen } from '#lib/store/connection/connection-state.ts'
import { describeDuration } from '#lib/text/duration.ts'

const ROUND_TRIP_LIMIT_MS = 100

export const roundTripUnder100Ms: Criterion = {
  id: 'round-trip-under-100-ms',
  title: () => `Round trip under ${ROUND_TRIP_LIMIT_MS} ms`,
  judge({ pageRtt, serverRtt, pagePings, state, target }) {
    // The page's figure is what a user feels; the server's stands in where the page measured none.
    const [measured, by] = pageRtt.p95Ms === null ? [serverRtt, 'server'] : [pageRtt, 'page']
    if (measured.p95Ms === null) {
      const isComing =
        state.phase === 'connecting' || (isOpen(state) && (target.isOwn || pagePings.mode === 'every'))
      if (isComing) return pending('none measured yet')
      return unknown(target.isOwn ? 'none was measured' : `${FROM_OUTSIDE}: turn on page pings to measure it`)
    }
    const evidence = `p95 ${describeDuration(measured.p95Ms)} of ${measured.count}, by the ${by}`
    return measured.p95Ms < ROUND_TRIP_LIMIT_MS ? met(evidence) : unmet(evidence)
  },
}
