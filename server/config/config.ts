/**
 * The environment, read once and judged whole: every problem is named, not only the first. Nothing else in
 * the server looks at `process.env`.
 */
import { isIPv4 } from 'node:net'
import { parseOrigin } from '#server/config/origin.ts'
import { type Parsed, type Reader, readVariables } from '#server/config/variables.ts'
import { type AllowList, NOTHING_ALLOWED, parseProbeAllow } from '#server/probe/address-guard.ts'
import { ProbeRefusal } from '#server/probe/refusal.ts'

export interface Config {
  /** `localhost` stands for 127.0.0.1 and, where the machine has it, ::1. */
  readonly host: string
  /** 0 asks the system for a free port. */
  readonly port: number
  readonly pingIntervalSeconds: number
  readonly pingTimeoutSeconds: number
  readonly allowedOrigins: readonly string[]
  /** Undefined where not given: then it follows the port that was bound. */
  readonly publicBaseUrl: string | undefined
  readonly wsPublicUrl: string | undefined
  /** How a foreign origin is turned away: HTTP 403, or accepted and closed with 1008. */
  readonly originRejection: 403 | 1008
  readonly maxPayloadBytes: number
  readonly maxConnections: number
  readonly allowedHosts: readonly string[]
  /** Private addresses, networks and names that the probe may touch for callers who are not plainly local. */
  readonly probeAllow: AllowList
  /** Events kept in memory. */
  readonly journalSize: number
  readonly logFormat: LogFormat
  readonly logLevel: LogLevel
}

export type LogFormat = 'text' | 'json'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  /** One line each: the variable, its value, what is allowed. */
  | { readonly ok: false; readonly problems: readonly string[] }

const defaultOrigins =
  'http://localhost:3000,http://127.0.0.1:3000,http://localhost:8080,http://127.0.0.1:8080'

/** V8 holds no longer string than 512 MiB, and `ws` counts in 31 bits; a reply is longer than its message. */
const greatestPayloadBytes = 256 * 1024 * 1024

/** Reads and judges the environment. Blank values count as not given. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigResult {
  return readVariables(environment, (read) => {
    const pingIntervalSeconds = read.number('WS_PING_INTERVAL', 30, { above: 0 })
    return {
      host: read.parsed('HOST', 'localhost', parseHost),
      port: read.integer('PORT', 9000, { from: 0, to: 65_535 }),
      pingIntervalSeconds,
      pingTimeoutSeconds: readPingTimeout(read, pingIntervalSeconds),
      // Given but empty is a wish: no origin but the server's own.
      allowedOrigins: read.list(
        'ALLOWED_ORIGINS',
        environment.ALLOWED_ORIGINS ?? defaultOrigins,
        parseOrigin,
      ),
      publicBaseUrl: read.url('PUBLIC_BASE_URL', ['http:', 'https:']),
      wsPublicUrl: read.url('WS_PUBLIC_URL', ['ws:', 'wss:']),
      originRejection: read.choice('WS_ORIGIN_REJECTION', '403', ['403', '1008']) === '1008' ? 1008 : 403,
      maxPayloadBytes: read.integer('WS_MAX_PAYLOAD', 1_048_576, { from: 1, to: greatestPayloadBytes }),
      maxConnections: read.integer('WS_MAX_CONNECTIONS', 10_000, { from: 1, to: 1_000_000 }),
      allowedHosts: read.list('ALLOWED_HOSTS', environment.ALLOWED_HOSTS ?? '', parseHostName),
      probeAllow: read.parsed('PROBE_ALLOW', NOTHING_ALLOWED, parseAllowed),
      journalSize: read.integer('JOURNAL_SIZE', 100_000, { from: 1, to: 10_000_000 }),
      logFormat: read.choice('LOG_FORMAT', 'text', ['text', 'json']),
      logLevel: read.choice('LOG_LEVEL', 'info', logLevels, { warning: 'warn' }),
    }
  })
}

/** The timeout that goes with an interval when none is asked for: the preferred one, or half of the interval. */
export function defaultPingTimeout(intervalSeconds: number, preferredSeconds = 10): number {
  return Math.min(preferredSeconds, intervalSeconds / 2)
}

function readPingTimeout(read: Reader, intervalSeconds: number): number {
  const seconds = read.number('WS_PING_TIMEOUT', defaultPingTimeout(intervalSeconds), { above: 0 })
  if (seconds < intervalSeconds) return seconds
  read.problem('WS_PING_TIMEOUT', `seconds above 0 and below WS_PING_INTERVAL (${intervalSeconds})`)
  return seconds
}

function parseHost(text: string): Parsed<string> {
  const host = text.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  if (host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.')))
    return { value: host }
  return {
    allowed:
      'localhost, an address in 127.0.0.0/8, or ::1. The server has no access control yet, so it does not ' +
      'listen where other machines reach it; put a proxy in front, or forward the port over SSH',
  }
}

function parseHostName(text: string): Parsed<string> {
  const name = text.toLowerCase()
  if (/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)) return { value: name }
  return {
    allowed: 'host names without scheme, port or wildcard, separated by commas, for example devbox.internal',
  }
}

function parseAllowed(text: string): Parsed<AllowList> {
  try {
    return { value: parseProbeAllow(text) }
  } catch (error) {
    if (!(error instanceof ProbeRefusal)) throw error
    return {
      allowed: `addresses, networks such as 10.1.0.0/16 and host names, separated by commas; “${error.facts.entry}” is none of them`,
    }
  }
}
