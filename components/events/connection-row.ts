/** One connection in the list, whoever told of it: the server's journal or imported logs. */
import type { Tone } from '#components/ui/badge.tsx'
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { isOrderlyEnd } from '#lib/protocol/close-codes.ts'
import { codeOf, silenceOf } from '#lib/protocol/ends.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { describeDuration } from '#lib/text/duration.ts'
import { foreign } from '#lib/text/foreign.ts'

export interface ConnectionRow {
  readonly key: string
  /** When it ended, epoch milliseconds; null where nobody wrote it down. */
  readonly atMs: number | null
  readonly isRefused: boolean
  readonly path: string
  readonly ageMs: number | null
  readonly silenceMs: number | null
  readonly code: number | null
  /** In a few words: who ended it, or why it was refused. */
  readonly who: string
  readonly clientId: string | null
  readonly trace: string | null
  readonly instance: string | null
}

const by = { client: 'by the client', server: 'by the server', network: 'no Close frame' } as const

export function rowOfEvent(event: DiagnosticEvent): ConnectionRow {
  const isRefused = event.kind === 'rejected'
  return {
    key: event.id,
    atMs: event.at * 1000,
    isRefused,
    path: typeof event.endpoint === 'string' ? event.endpoint : '',
    ageMs: event.kind === 'disconnected' ? event.duration_ms : null,
    silenceMs: silenceOf(event) ?? null,
    code: codeOf(event) ?? null,
    who: whoOf(event),
    clientId: typeof event.client_id === 'string' ? event.client_id : null,
    trace: typeof event.trace === 'string' ? event.trace : null,
    instance: event.instance,
  }
}

function whoOf(event: DiagnosticEvent): string {
  if (event.kind === 'rejected') {
    return event.cause === 'origin' && event.origin !== undefined ? `origin ${event.origin}` : event.reason
  }
  if (event.kind !== 'disconnected') return ''
  const { initiator, reason, close_code: code, socket_error: socketError } = event
  if (socketError !== undefined) return socketError
  if (event.process !== undefined) return reason
  if (initiator === 'network') return reason || by.network
  if (code === 1001 && initiator === 'client') return 'page left'
  if (initiator === undefined) return reason
  return reason === '' ? by[initiator] : `${by[initiator]}: ${reason}`
}

export function rowOfLog(connection: LoggedConnection, key: string): ConnectionRow {
  const { outcome, path = '', ageMs, closedMs, lastByteMs, code, status, reason, initiator } = connection
  const isRefused = outcome === 'refused'
  return {
    key,
    atMs: closedMs ?? null,
    isRefused,
    path,
    ageMs: ageMs ?? null,
    silenceMs: closedMs !== undefined && lastByteMs !== undefined ? Math.max(0, closedMs - lastByteMs) : null,
    code: code ?? (isRefused ? (status ?? null) : null),
    who: reason || (initiator !== undefined ? by[initiator] : (connection.client ?? '')),
    clientId: connection.clientId ?? null,
    trace: null,
    instance: null,
  }
}

/** What the row is, in a word, with its colour. `isIdle`: its silence is that of the spike. */
export function wordOf(row: ConnectionRow, isIdle: boolean): { word: string; tone: Tone } {
  const { code, isRefused } = row
  if (isRefused) return { word: 'refused', tone: 'dead' }
  if (isIdle && (code === null || code === 1006)) return { word: 'idle timeout', tone: 'waiting' }
  if (code === null) return { word: 'ended', tone: 'unknown' }
  if (code === 1006) return { word: 'dropped', tone: 'dead' }
  if (isOrderlyEnd(code)) return { word: 'closed', tone: 'unknown' }
  return { word: closedWords[code] ?? 'closed', tone: code === 1001 ? 'unknown' : 'waiting' }
}

const closedWords: Readonly<Record<number, string>> = {
  1002: 'protocol',
  1003: 'wrong data',
  1007: 'bad text',
  1008: 'policy',
  1009: 'too big',
  1011: 'server error',
  1012: 'restart',
  1013: 'overload',
}

export const ageWords = ({ ageMs, isRefused }: ConnectionRow): string =>
  ageMs === null ? '–' : isRefused ? secondsWords(ageMs) : `open ${secondsWords(ageMs)}`

export const silenceWords = ({ silenceMs }: ConnectionRow): string =>
  silenceMs === null ? '–' : secondsWords(silenceMs)

/** Timers are set in seconds: `60.0 s` and not a minute. */
export const secondsWords = (ms: number): string =>
  ms < 600_000 ? `${(ms / 1000).toFixed(ms < 1000 ? 2 : 1)} s` : describeDuration(ms)

export const whoWords = ({ who }: ConnectionRow): string => foreign(who, 200)
