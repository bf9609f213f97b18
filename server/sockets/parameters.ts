/** `?ping_interval=`, `?ping_timeout=` and `?trace=`: what every endpoint understands in its query. */
import { type HeartbeatRefusal, readHeartbeat, settleHeartbeat } from '#lib/protocol/heartbeat.ts'
import { tracePattern } from '#lib/protocol/trace.ts'
import type { Config } from '#server/config/config.ts'

export const commonParameters = ['ping_interval', 'ping_timeout', 'trace'] as const

export interface ConnectionParameters {
  readonly pingIntervalSeconds: number
  readonly pingTimeoutSeconds: number
  readonly trace: string | undefined
}

export type ParametersResult =
  | { readonly ok: true; readonly parameters: ConnectionParameters }
  | { readonly ok: false; readonly problem: string }

/** The trace alone, where it is well-formed, so that a refused handshake carries it too. */
export function readTrace(query: URLSearchParams): string | undefined {
  const trace = query.get('trace')
  return trace !== null && tracePattern.test(trace) ? trace : undefined
}

export function parseConnectionParameters(
  query: URLSearchParams,
  config: Pick<Config, 'pingIntervalSeconds' | 'pingTimeoutSeconds'>,
): ParametersResult {
  const twice = commonParameters.find((name) => query.getAll(name).length > 1)
  if (twice) return { ok: false, problem: `${twice} is given more than once` }

  const reading = settleHeartbeat(readHeartbeat(query), {
    intervalSeconds: config.pingIntervalSeconds,
    timeoutSeconds: config.pingTimeoutSeconds,
  })
  if (!reading.ok) return { ok: false, problem: problemOf(reading) }

  if (query.has('trace') && readTrace(query) === undefined) {
    return { ok: false, problem: 'trace is 1 to 64 characters of A-Z, a-z, 0-9, _ and -' }
  }
  const { intervalSeconds, timeoutSeconds } = reading.heartbeat
  return {
    ok: true,
    parameters: {
      pingIntervalSeconds: intervalSeconds,
      pingTimeoutSeconds: timeoutSeconds,
      trace: readTrace(query),
    },
  }
}

function problemOf(refusal: HeartbeatRefusal): string {
  return refusal.field === 'interval'
    ? `ping_interval is given in seconds, from ${refusal.from} to ${refusal.to}`
    : `ping_timeout is given in seconds, from ${refusal.from} to below the interval (${refusal.below})`
}
