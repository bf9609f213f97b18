'use client'
import type { ReactNode } from 'react'
import { useLive, useSampledLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { formatAge, formatBytes, formatMs, formatSeconds } from '#components/ui/format.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { openedAt } from '#lib/store/connection/connection-state.ts'
import { selectFacet } from '#lib/store/selectors.ts'

/** One named figure of a row: a quiet label, a number in the mono. */
function Figure({ label, title, children }: { label: string; title?: string; children: ReactNode }) {
  return (
    <span className="flex items-baseline gap-1.5 whitespace-nowrap" title={title}>
      <span className="text-code text-faint">{label}</span>{' '}
      <span className="figures text-soft">{children}</span>
    </span>
  )
}

function Line({ children }: { children: ReactNode }) {
  return <div className="flex h-5 flex-wrap gap-x-2.5 overflow-hidden max-md:h-10">{children}</div>
}

/** A connection that lives: last round trip, age, missed beats, p50 and p95. */
export function LivingFigures({ id }: { id: ConnectionId }) {
  const page = useSampledLive(selectFacet(id, 'pageRtt'))
  const server = useSampledLive(selectFacet(id, 'serverRtt'))
  const beats = useSampledLive(selectFacet(id, 'beats'))
  // The page's own round trips where it measures any, else the server's.
  const rtt = page !== undefined && page.lastMs !== null ? page : server
  if (rtt === undefined || beats === undefined) return <Line>{null}</Line>
  const by = rtt === page ? 'measured by the page' : 'measured by the server'
  return (
    <Line>
      <Figure
        label="RTT"
        title={`Last round trip, ${by}${rtt.count === 0 && rtt.warmUpMs !== null ? '; the first, with the page’s own start in it' : ''}`}
      >
        {formatMs(rtt.lastMs)}
      </Figure>
      <Figure label="age">
        <Age id={id} />
      </Figure>
      <Figure label="missed" title="Heartbeats not received within interval + timeout">
        {beats.source === 'none' ? '–' : beats.missed}
      </Figure>
      <Figure label="p50" title={`Median, ${by}, last 300`}>
        {formatMs(rtt.p50Ms)}
      </Figure>
      <Figure label="p95" title={`95th percentile, ${by}, last 300`}>
        {formatMs(rtt.p95Ms)}
      </Figure>
    </Line>
  )
}

/** A connection that may be half-open: how long it has been silent, and how many pings nobody answered. */
export function SilentFigures({ id }: { id: ConnectionId }) {
  const pings = useLive(selectFacet(id, 'pings'))
  return (
    <Line>
      <Figure label="nothing received for">
        <Silence id={id} />
      </Figure>
      <Figure label="pings unanswered">{pings?.unansweredInRow ?? '–'}</Figure>
      <Figure label="age">
        <Age id={id} />
      </Figure>
    </Line>
  )
}

/** What else is known of a connection: time to open, jitter, messages and bytes. */
export function MoreFigures({ id }: { id: ConnectionId }) {
  const state = useLive(selectFacet(id, 'state'))
  const traffic = useSampledLive(selectFacet(id, 'traffic'))
  const page = useSampledLive(selectFacet(id, 'pageRtt'))
  if (state === undefined || traffic === undefined) return null
  const opened = 'opened' in state ? state.opened : 'timeToOpenMs' in state ? state : null
  // Of what never opened there is nothing to count.
  if (opened === null && state.phase !== 'connecting') return null
  return (
    <div className="flex h-5 flex-wrap gap-x-4 overflow-hidden max-md:h-10">
      {state.phase === 'connecting' ? (
        <Figure label="opening for">
          <Elapsed since={state.since} />
        </Figure>
      ) : (
        <Figure label="opened in">{formatMs(opened?.timeToOpenMs ?? null)}</Figure>
      )}
      <Figure label="jitter" title="Smoothed difference of successive round trips (RFC 3550 §6.4.1)">
        {formatMs(page?.jitterMs ?? null)}
      </Figure>
      <Figure label="in">
        {traffic.messagesIn}, {formatBytes(traffic.bytesIn)}
      </Figure>
      <Figure label="out">
        {traffic.messagesOut}, {formatBytes(traffic.bytesOut)}
      </Figure>
    </div>
  )
}

function Age({ id }: { id: ConnectionId }) {
  const since = useLive((live) => {
    const state = live.connections[id]?.state
    return state === undefined ? null : openedAt(state)
  })
  const now = useNow()
  return since === null ? '–' : formatAge(now - since)
}

function Elapsed({ since }: { since: number }) {
  return formatSeconds(Math.max(0, useNow('quarter') - since))
}

function Silence({ id }: { id: ConnectionId }) {
  const last = useLive((live) => {
    const connection = live.connections[id]
    return connection === undefined ? null : (connection.traffic.lastInAt ?? openedAt(connection.state))
  })
  const now = useNow('quarter')
  return last === null ? '–' : formatSeconds(Math.max(0, now - last))
}
