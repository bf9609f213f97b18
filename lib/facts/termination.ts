import { closeTo } from '#lib/facts/cut.ts'
import type { ProxyView } from '#lib/facts/proxy.ts'

/** What HAProxy's two letters say (configuration.txt, "Session state at disconnection"). */
export type Termination = {
  by:
    | 'client'
    | 'server-down'
    | 'server-up'
    | 'server'
    | 'client-timeout'
    | 'server-timeout'
    | 'proxy'
    | 'killed'
    | 'resource'
    | 'nobody'
    | 'other'
  phase: 'request' | 'queue' | 'connect' | 'headers' | 'data' | 'last' | 'other'
}

const BY: Record<string, Termination['by']> = {
  C: 'client',
  S: 'server',
  c: 'client-timeout',
  s: 'server-timeout',
  P: 'proxy',
  L: 'proxy',
  K: 'killed',
  U: 'server-up',
  D: 'server-down',
  R: 'resource',
  I: 'proxy',
  '-': 'nobody',
}
const PHASE: Record<string, Termination['phase']> = {
  R: 'request',
  Q: 'queue',
  C: 'connect',
  H: 'headers',
  D: 'data',
  L: 'last',
}

/**
 * The termination state of this connection's line. Of several lines that could be it, those of the right age
 * count; where they disagree, nobody knows.
 */
export function terminationOf(
  proxy: ProxyView,
  ageMs?: number,
): (Termination & { flags: string; from: string }) | undefined {
  const lines = proxy.access.filter(({ record }) => record.flags !== undefined)
  const aged = lines.filter(({ record }) => ageMs !== undefined && closeTo(record.durationMs ?? -1e9, ageMs))
  // A line that says how long it was, and not this long, is another connection's.
  const unaged = lines.filter(({ record }) => ageMs === undefined || record.durationMs === undefined)
  const ours = aged.length > 0 ? aged : unaged
  const [line] = ours
  const flags = line?.record.flags
  if (!line || !flags || ours.some(({ record }) => record.flags !== flags)) return undefined
  return {
    by: BY[flags[0] ?? ''] ?? 'other',
    phase: PHASE[flags[1] ?? ''] ?? 'other',
    flags,
    from: line.from,
  }
}
