/**
 * Timers of heartbeats as people set them in their own source code: SignalR's KeepAliveInterval on the server, and how
 * long its client waits. Two ends whose timers do not fit drop every quiet connection, and no log says why.
 */
import { durationOfCode } from '#lib/applications/durations.ts'

export type Timer = {
  /** Id of the application that has it. */
  program: string
  /** As it is written: `KeepAliveInterval`. */
  name: string
  side: 'client' | 'server'
  /** `beats`: sends something this often. `waits`: gives up after this long without anything. */
  does: 'beats' | 'waits'
  ms: number
}

type Rule = Omit<Timer, 'ms'> & { pattern: RegExp }

// https://learn.microsoft.com/en-us/aspnet/core/signalr/configuration
const SIGNALR: readonly Rule[] = [
  {
    program: 'signalr',
    name: 'KeepAliveInterval',
    side: 'server',
    does: 'beats',
    pattern: /\bKeepAliveInterval\s{0,8}=\s{0,8}(.{1,120})/,
  },
  {
    program: 'signalr',
    name: 'ClientTimeoutInterval',
    side: 'server',
    does: 'waits',
    pattern: /\bClientTimeoutInterval\s{0,8}=\s{0,8}(.{1,120})/,
  },
  {
    program: 'signalr',
    name: 'serverTimeoutInMilliseconds',
    side: 'client',
    does: 'waits',
    pattern: /\bserverTimeoutInMilliseconds\s{0,8}[=:]\s{0,8}(.{1,120})/,
  },
  {
    program: 'signalr',
    name: 'withServerTimeout',
    side: 'client',
    does: 'waits',
    pattern: /\bwithServerTimeout\((.{1,120})/i,
  },
  {
    program: 'signalr',
    name: 'ServerTimeout',
    side: 'client',
    does: 'waits',
    pattern: /\bServerTimeout\s{0,8}=\s{0,8}(.{1,120})/,
  },
  {
    program: 'signalr',
    name: 'keepAliveIntervalInMilliseconds',
    side: 'client',
    does: 'beats',
    pattern: /\bkeepAliveIntervalInMilliseconds\s{0,8}[=:]\s{0,8}(.{1,120})/,
  },
]

/** Options of the same name that are of a plain WebSocket, or of the hub's client. */
const OF_OTHERS =
  /\bWebSocketOptions\b|\bUseWebSockets\b|\bOptions\.KeepAliveInterval\b|\b\w{0,20}[cC]onnection\.KeepAliveInterval\b/

/** Undefined where a line sets none, or to something that is not known from the line. */
export function timerIn(line: string): Timer | undefined {
  if (line.length > 400 || /^\s{0,40}(?:\/\/|#|\*)/.test(line) || OF_OTHERS.test(line)) return undefined
  for (const { pattern, ...timer } of SIGNALR) {
    const value = pattern.exec(line)?.[1]
    const ms = value === undefined ? undefined : durationOfCode(value)
    if (ms !== undefined) return { ...timer, ms }
  }
  return undefined
}

/** What holds where nothing is set, in milliseconds. */
export const DEFAULT_WAIT_MS: Readonly<Record<string, number>> = { signalr: 30_000 }
