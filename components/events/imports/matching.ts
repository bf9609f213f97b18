/** The filter of the page on connections that logs tell of: as the server's matcher means it on events. */

import { type LoggedConnection, pathname } from '#lib/logs/connection.ts'
import { ageOf, silenceOf } from '#lib/logs/lifetimes.ts'
import type { EventFilter, Span } from '#lib/protocol/event-filter.ts'
import type { CountedEnd } from '#lib/stats/ends-tally.ts'

/** Epoch milliseconds; the end exclusive. */
export interface TimeSpan {
  readonly sinceMs: number | null
  readonly untilMs: number | null
}

export function matcherOf(
  filter: EventFilter,
  { sinceMs, untilMs }: TimeSpan,
): (connection: LoggedConnection) => boolean {
  const { kinds, clientId, trace, path, code, cause, instance, text, silence, age } = filter
  const needle = text?.toLowerCase()
  const wanted = kinds === undefined ? null : new Set<string>(kinds)
  // No log says which trace or which of our servers.
  if (trace !== undefined || instance !== undefined) return () => false
  return (connection) => {
    const { outcome, closedMs } = connection
    return (
      outcome !== 'open' &&
      (wanted === null || wanted.has(outcome === 'refused' ? 'rejected' : 'disconnected')) &&
      (clientId === undefined || connection.clientId === clientId) &&
      (path === undefined || pathname(connection.path ?? '') === path) &&
      (code === undefined || codeOf(connection) === code) &&
      (cause === undefined || connection.initiator === cause) &&
      (sinceMs === null || (closedMs !== undefined && closedMs >= sinceMs)) &&
      (untilMs === null || (closedMs !== undefined && closedMs < untilMs)) &&
      (silence === undefined || isWithin(silenceOf(connection), silence)) &&
      (age === undefined || isWithin(ageOf(connection), age)) &&
      (needle === undefined || holds(connection, needle))
    )
  }
}

function isWithin(value: number | undefined, { fromMs, toMs }: Span): boolean {
  if (value === undefined) return false
  const ms = Math.round(value)
  return ms >= fromMs && ms < toMs
}

function holds(
  { clientId, client, path, origin, reason, access, notices = [] }: LoggedConnection,
  needle: string,
): boolean {
  const texts = [clientId, client, path, origin, reason, access?.line, ...notices.map(({ line }) => line)]
  return texts.some((text) => text?.toLowerCase().includes(needle))
}

/** A close code where one is stated, else the status of a refusal. */
const codeOf = ({ outcome, code, status }: LoggedConnection): number | undefined =>
  code ?? (outcome === 'refused' ? status : undefined)

export function countedOf(connection: LoggedConnection): CountedEnd | null {
  if (connection.closedMs === undefined) return null
  const whole = (ms: number | undefined) => (ms === undefined ? null : Math.round(ms))
  return {
    atMs: Math.round(connection.closedMs),
    ageMs: whole(ageOf(connection)),
    silenceMs: whole(silenceOf(connection)),
    code: codeOf(connection) ?? null,
  }
}
