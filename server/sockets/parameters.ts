/** `?ping_interval=`, `?ping_timeout=` and `?trace=`: what every endpoint understands in its query. */
import { tracePattern } from '#lib/protocol/trace.ts'
import { type Config, defaultPingTimeout } from '#server/config/config.ts'

export const commonParameters = ['ping_interval', 'ping_timeout', 'trace'] as const

export interface ConnectionParameters {
  readonly pingIntervalSeconds: number
  readonly pingTimeoutSeconds: number
  readonly trace: string | undefined
}

export type ParametersResult =
  | { readonly ok: true; readonly parameters: ConnectionParameters }
  | { readonly ok: false; readonly problem: string }

const intervalLimits = { from: 0.1, to: 300 }
const leastTimeout = 0.05

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

  const givenInterval = query.get('ping_interval')
  const interval = givenInterval === null ? config.pingIntervalSeconds : parseSeconds(givenInterval)
  if (givenInterval !== null && !(interval >= intervalLimits.from && interval <= intervalLimits.to)) {
    return { ok: false, problem: 'ping_interval is given in seconds, from 0.1 to 300' }
  }

  const givenTimeout = query.get('ping_timeout')
  const timeout =
    givenTimeout === null
      ? givenInterval === null
        ? config.pingTimeoutSeconds
        : defaultPingTimeout(interval, config.pingTimeoutSeconds)
      : parseSeconds(givenTimeout)
  if (givenTimeout !== null && !(timeout >= leastTimeout && timeout < interval)) {
    return {
      ok: false,
      problem: `ping_timeout is given in seconds, from 0.05 to below the interval (${interval})`,
    }
  }

  if (query.has('trace') && readTrace(query) === undefined) {
    return { ok: false, problem: 'trace is 1 to 64 characters of A-Z, a-z, 0-9, _ and -' }
  }
  return {
    ok: true,
    parameters: { pingIntervalSeconds: interval, pingTimeoutSeconds: timeout, trace: readTrace(query) },
  }
}

function parseSeconds(text: string): number {
  return /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : Number.NaN
}
