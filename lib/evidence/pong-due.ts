import type { ProbeEvidence } from '#lib/evidence/schema.ts'

/** A server that ends the connection sooner than this after the 101 owes the probe's ping no answer. */
const PATIENCE_MS = 1000

/** Whether the pong that a probe did not get should have been there before the connection ended. */
export function isPongDue({ http, end }: Pick<ProbeEvidence, 'http' | 'end'>): boolean {
  const isEndedByPeer = end !== undefined && end.kind !== 'open' && end.by !== 'probe'
  return !isEndedByPeer || end.ms === undefined || end.ms - (http?.ms ?? 0) >= PATIENCE_MS
}
