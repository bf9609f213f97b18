/** `?ping_interval=` and `?ping_timeout=`: this server's heartbeat for one connection, as WIRE's bounds allow. */

export const heartbeatBounds = {
  intervalSeconds: { min: 0.1, max: 300 },
  /** The timeout must also be below the interval. */
  timeoutSeconds: { min: 0.05 },
} as const

export type HeartbeatUrl =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly field: 'interval' | 'timeout'; readonly says: string }

/** Sets or (null) removes the parameters. An interval that is not given is judged against by the server alone. */
export function withHeartbeat(
  url: string,
  intervalSeconds: number | null,
  timeoutSeconds: number | null,
): HeartbeatUrl {
  const { min, max } = heartbeatBounds.intervalSeconds
  if (intervalSeconds !== null && !(intervalSeconds >= min && intervalSeconds <= max)) {
    return { ok: false, field: 'interval', says: `The ping interval is ${min} to ${max} s.` }
  }
  const least = heartbeatBounds.timeoutSeconds.min
  if (timeoutSeconds !== null && !(timeoutSeconds >= least && timeoutSeconds < (intervalSeconds ?? max))) {
    return { ok: false, field: 'timeout', says: `The ping timeout is ${least} s to below the interval.` }
  }
  const parsed = new URL(url)
  setOrDelete(parsed, 'ping_interval', intervalSeconds)
  setOrDelete(parsed, 'ping_timeout', timeoutSeconds)
  return { ok: true, url: parsed.href }
}

/** What a URL asks for; null where it leaves it to the server. */
export function readHeartbeat(url: string): {
  readonly intervalSeconds: number | null
  readonly timeoutSeconds: number | null
} {
  const query = URL.parse(url)?.searchParams
  return {
    intervalSeconds: positive(query?.get('ping_interval')),
    timeoutSeconds: positive(query?.get('ping_timeout')),
  }
}

/** The timeout that the server takes when only an interval is given: the configured one, or half the interval. */
export function impliedTimeoutSeconds(intervalSeconds: number, configuredSeconds = 10): number {
  return Math.min(configuredSeconds, intervalSeconds / 2)
}

function setOrDelete(url: URL, name: string, value: number | null): void {
  if (value === null) url.searchParams.delete(name)
  else url.searchParams.set(name, String(value))
}

function positive(text: string | null | undefined): number | null {
  const value = Number(text ?? Number.NaN)
  return Number.isFinite(value) && value > 0 ? value : null
}
