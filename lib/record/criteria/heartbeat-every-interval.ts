import {
  type Criterion,
  FROM_OUTSIDE,
  type Judgement,
  met,
  pending,
  unknown,
  unmet,
} from '#lib/record/criteria/criterion.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import { openedAt } from '#lib/store/connection/connection-state.ts'
import { describeDuration, describeSetting } from '#lib/text/duration.ts'

/** A late beat now and then is a busy machine; more often than this it is no beat every interval. */
const LATE_SHARE_ALLOWED = 0.05

export const heartbeatEveryInterval: Criterion = {
  id: 'heartbeat-every-interval',
  title({ beats, server }) {
    const intervalMs = beats.intervalMs ?? (server.accepted?.ping_interval_seconds ?? 0) * 1_000
    return intervalMs > 0 ? `Heartbeat every ${describeSetting(intervalMs)}` : 'Heartbeat every interval'
  },
  judge(connection, { isFeedLive }) {
    const { beats, target, state } = connection
    if (openedAt(state) === null) {
      return state.phase === 'connecting' ? pending('not open yet') : unknown('never opened')
    }
    if (beats.source !== 'none') {
      return target.isOwn ? judgeBeats(connection) : fromOutside(judgeBeats(connection))
    }
    if (!target.isOwn) {
      return unknown(`${FROM_OUTSIDE}: browsers hide pings. Turn on page pings to measure`)
    }
    if (isFeedLive || connection.server.accepted !== null) return judgePongs(connection)
    return unknown('server events are off. Turn on page pings to measure')
  },
}

function judgeBeats({ beats, state }: Connection): Judgement {
  const { received, missed, late, unjudged, worstBehindMs, source } = beats
  const what = source === 'page-pings' ? ' page pings answered' : ''
  const of = `${received} of ${received + missed}${what}`
  const asides = [
    ...(late > 0 ? [`${late} late by up to ${describeDuration(worstBehindMs ?? 0)}`] : []),
    ...(unjudged > 0 ? [`${unjudged} while the page could not look`] : []),
  ]
  const evidence = [of, ...asides].join(', ')
  if (missed > 0) return unmet(source === 'page-pings' ? evidence : `${evidence}, ${missed} missed`)
  if (received === 0) {
    return state.phase === 'closed'
      ? unknown('closed before the first was due')
      : pending('first heartbeat not due yet')
  }
  return late > received * LATE_SHARE_ALLOWED ? unmet(evidence) : met(evidence)
}

/** `/ws` sends no beats that script can see; the server's own count of pongs tells. */
function judgePongs({ server, state }: Connection): Judgement {
  if (server.pongTimeout !== null) {
    return unmet(
      `server: ping ${server.pongTimeout.ping_number} unanswered for ${describeDuration(server.pongTimeout.waited_ms)}`,
    )
  }
  const { heartbeats, lateHeartbeats } = server
  if (heartbeats === 0) {
    return state.phase === 'closed'
      ? unknown('it ended before the first ping')
      : pending('the server’s first ping is not due yet')
  }
  const evidence = `${heartbeats} pongs at the server${lateHeartbeats > 0 ? `, ${lateHeartbeats} late` : ''}`
  return lateHeartbeats > heartbeats * LATE_SHARE_ALLOWED ? unmet(evidence) : met(evidence)
}

function fromOutside(judgement: Judgement): Judgement {
  return { ...judgement, evidence: `${judgement.evidence}, ${FROM_OUTSIDE}` }
}
