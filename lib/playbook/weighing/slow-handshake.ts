import type { ProbeView } from '#lib/facts/probe.ts'

/** A handshake costs two or three round trips; two seconds are beyond any network’s. */
export const SLOW_HANDSHAKE_MS = 2000

/** From the end of TCP's handshake to the answer; what was not seen counts as the probe's begin. */
export const isSlow = (probe: ProbeView | undefined): boolean =>
  (probe?.answeredMs ?? 0) - (probe?.connectedMs ?? 0) >= SLOW_HANDSHAKE_MS
