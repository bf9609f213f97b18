/** What the other connections of the same server or log show together: the three histograms. */

import type { Evidence, PeerEvidence } from '#lib/evidence/schema.ts'
import type { ProxyView } from '#lib/facts/proxy.ts'
import { type LifetimePicture, pictureOf } from '#lib/logs/lifetimes.ts'

export type PeerPicture = LifetimePicture & {
  /** Each was closed with 1001, and yet by a timer: not because people left their pages. */
  sentAway?: true
}

/** Tunnels of a log, where nobody made peers of them: each line is one connection that ended. */
export function crowdOf({ access }: ProxyView): PeerPicture | undefined {
  const tunnels = access.filter(
    ({ record: { status, durationMs } }) => status === 101 && durationMs !== undefined,
  )
  if (tunnels.length === 0) return undefined
  return pictureOf(
    tunnels.slice(0, MOST_PEERS).map(({ record: { durationMs, startedMs, atMs, bytes, resolutionMs } }) => ({
      resolutionMs,
      ...(durationMs !== undefined && { ageMs: durationMs }),
      ...(startedMs !== undefined && { openedMs: startedMs }),
      ...(atMs !== undefined && { closedMs: atMs }),
      ...(bytes !== undefined && { bytes }),
    })),
  )
}

const MOST_PEERS = 50_000

export function readPeers(evidence: Evidence): PeerPicture | undefined {
  const peers = evidence.peers
  if (!peers || peers.length === 0) return undefined
  const some = peers.slice(0, MOST_PEERS)
  // Whoever got a Close frame was not cut.
  const cut = some.filter(({ code }) => code === undefined || code === 1006)
  return (cut.length === 0 ? sentAway(some) : undefined) ?? pictureOfPeers(cut)
}

/** People leave their pages at any time (1001); a timer of a server, service or proxy that closes so is regular. */
function sentAway(peers: readonly PeerEvidence[]): PeerPicture | undefined {
  if (!peers.every(({ code }) => code === 1001)) return undefined
  const picture = pictureOfPeers(peers)
  return picture.pattern.kind === 'idle' || picture.pattern.kind === 'lifetime'
    ? { ...picture, sentAway: true }
    : undefined
}

/** How many connections the peers are, where one may stand for several. */
export const countOfPeers = (peers: readonly PeerEvidence[]): number =>
  peers.reduce((sum, { count }) => sum + countOf(count), 0)

const MOST_FOR_ONE = 1e9

/** Evidence may say anything. */
const countOf = (count = 1): number =>
  Number.isInteger(count) && count > 0 && count <= MOST_FOR_ONE ? count : 1

const pictureOfPeers = (peers: readonly PeerEvidence[]): LifetimePicture =>
  pictureOf(
    peers.map(({ opened_ms, last_byte_ms, closed_ms, age_ms, bytes, count }) => ({
      count: countOf(count),
      ...(opened_ms !== undefined && { openedMs: opened_ms }),
      ...(last_byte_ms !== undefined && { lastByteMs: last_byte_ms }),
      ...(closed_ms !== undefined && { closedMs: closed_ms }),
      ...(age_ms !== undefined && { ageMs: age_ms }),
      ...(bytes !== undefined && { bytes }),
    })),
  )
