/** A connection of a log or journal as a peer: its life and end, for the three histograms. */
import type { PeerEvidence } from '#lib/evidence/schema.ts'
import type { LoggedConnection } from '#lib/logs/connection.ts'

export function peerOf({
  openedMs,
  lastByteMs,
  closedMs,
  ageMs,
  code,
  access,
}: LoggedConnection): PeerEvidence {
  const bytes = access?.record.bytes
  return {
    ...(openedMs !== undefined && { opened_ms: openedMs }),
    ...(lastByteMs !== undefined && { last_byte_ms: lastByteMs }),
    ...(closedMs !== undefined && { closed_ms: closedMs }),
    ...(ageMs !== undefined && { age_ms: ageMs }),
    ...(bytes !== undefined && { bytes }),
    ...(code !== undefined && { code }),
  }
}
