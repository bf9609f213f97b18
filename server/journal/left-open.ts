/** Ends of connections that a process could not tell itself, because it was killed: told by another, as what they are. */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { EventDraft } from '#server/journal/journal.ts'

/** What a connection that is open is told by. */
export interface OpenConnection {
  readonly client_id: string
  readonly endpoint: string
  readonly trace?: string
  /** When it opened, in seconds since the Unix epoch. */
  readonly at: number
}

/** The process that had them: its `instance`, and when it gave its last sign of life. */
export interface LostProcess {
  readonly instance: string
  readonly lastSignMs: number
  /** Whether it is known to have ended; else it only gave no sign any more. */
  readonly hasEnded: boolean
}

/** Undefined for what tells of no opening of a connection to this server. */
export function openedBy(event: DiagnosticEvent): OpenConnection | undefined {
  if (event.kind !== 'accepted' || event.service !== undefined) return undefined
  const { client_id, endpoint, trace, at } = event
  return { client_id, endpoint, ...(trace !== undefined && { trace }), at }
}

/** The end of one of them. A journal that was told it twice knows it by its `source_id`. */
export function endLeftOpen(connection: OpenConnection, { instance, lastSignMs, hasEnded }: LostProcess) {
  const { at: openedAt, ...names } = connection
  const at = Math.max(openedAt, lastSignMs / 1000)
  return {
    ...names,
    kind: 'disconnected',
    at,
    instance,
    source_id: `${connection.client_id} left open`,
    reason: hasEnded ? 'the server process ended' : 'no sign of life from the server process',
    duration_ms: Math.round((at - openedAt) * 1000),
    ...(hasEnded && { initiator: 'server' }),
    process: hasEnded ? 'ended' : 'silent',
  } satisfies EventDraft & Pick<DiagnosticEvent, 'at' | 'instance' | 'source_id'>
}
