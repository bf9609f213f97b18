/** `?ping_interval=` and `?ping_timeout=`: this server's heartbeat for one connection, its bounds and what follows from one of the two. */

export interface Heartbeat {
  readonly intervalSeconds: number
  /** Below the interval. */
  readonly timeoutSeconds: number
}

/** What a URL or a form asks for. Null leaves it to the server; NaN is not a number of seconds, and refused. */
export interface AskedHeartbeat {
  readonly intervalSeconds: number | null
  readonly timeoutSeconds: number | null
}

/** Of what is asked for; a server may be configured beyond them. */
export const heartbeatBounds = {
  intervalSeconds: { min: 0.1, max: 300 },
  /** The timeout must also be below the interval. */
  timeoutSeconds: { min: 0.05 },
} as const

/** What a server does that is not told otherwise. */
export const defaultHeartbeat: Heartbeat = { intervalSeconds: 30, timeoutSeconds: 10 }

export type HeartbeatReading = { readonly ok: true; readonly heartbeat: Heartbeat } | HeartbeatRefusal

export type HeartbeatRefusal =
  | { readonly ok: false; readonly field: 'interval'; readonly from: number; readonly to: number }
  | { readonly ok: false; readonly field: 'timeout'; readonly from: number; readonly below: number }

/** The heartbeat of a connection to a server of this configuration. */
export function settleHeartbeat(asked: AskedHeartbeat, configured: Heartbeat): HeartbeatReading {
  const intervalSeconds = asked.intervalSeconds ?? configured.intervalSeconds
  const refusal = refusalOf(asked, intervalSeconds)
  if (refusal) return refusal
  const implied =
    asked.intervalSeconds === null
      ? configured.timeoutSeconds
      : impliedTimeoutSeconds(intervalSeconds, configured.timeoutSeconds)
  return { ok: true, heartbeat: { intervalSeconds, timeoutSeconds: asked.timeoutSeconds ?? implied } }
}

/** The timeout that goes with an interval when none is asked for: the preferred one, or half the interval. */
export function impliedTimeoutSeconds(
  intervalSeconds: number,
  preferredSeconds = defaultHeartbeat.timeoutSeconds,
): number {
  return Math.min(preferredSeconds, intervalSeconds / 2)
}

function refusalOf(asked: AskedHeartbeat, below: number): HeartbeatRefusal | null {
  const { intervalSeconds: interval, timeoutSeconds: timeout } = asked
  const { min, max } = heartbeatBounds.intervalSeconds
  if (interval !== null && !(interval >= min && interval <= max)) {
    return { ok: false, field: 'interval', from: min, to: max }
  }
  const least = heartbeatBounds.timeoutSeconds.min
  if (timeout !== null && !(timeout >= least && timeout < below)) {
    return { ok: false, field: 'timeout', from: least, below }
  }
  return null
}

export function readHeartbeat(query: URLSearchParams): AskedHeartbeat {
  const read = (name: string) => {
    const text = query.get(name)
    return text === null ? null : readSeconds(text)
  }
  return { intervalSeconds: read('ping_interval'), timeoutSeconds: read('ping_timeout') }
}

/** A decimal number with a point, as the query has it; anything else is NaN. */
export function readSeconds(text: string): number {
  return /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : Number.NaN
}

export interface HeartbeatProblem {
  readonly field: 'interval' | 'timeout'
  /** For a form, one sentence. */
  readonly says: string
}

/**
 * What a server will refuse; null for nothing.
 * @param configured of the server, where it is known: a timeout alone has to be below its interval
 */
export function heartbeatProblem(
  asked: AskedHeartbeat,
  configured: Heartbeat | null = null,
): HeartbeatProblem | null {
  const below = asked.intervalSeconds ?? configured?.intervalSeconds ?? heartbeatBounds.intervalSeconds.max
  const refusal = refusalOf(asked, below)
  if (refusal === null) return null
  const says =
    refusal.field === 'interval'
      ? `The ping interval is ${refusal.from} to ${refusal.to} s.`
      : `The ping timeout is ${refusal.from} s to below the interval.`
  return { field: refusal.field, says }
}

/** The URL with what is asked for; null takes a parameter away. */
export function withHeartbeat(url: string, asked: AskedHeartbeat): string {
  const parsed = new URL(url)
  setOrDelete(parsed, 'ping_interval', asked.intervalSeconds)
  setOrDelete(parsed, 'ping_timeout', asked.timeoutSeconds)
  return parsed.href
}

function setOrDelete(url: URL, name: string, value: number | null): void {
  if (value === null) url.searchParams.delete(name)
  else url.searchParams.set(name, String(value))
}
