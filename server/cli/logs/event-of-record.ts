/**
 * What a line of somebody's log says, as an event that `/api/ingest` takes. Nothing is made up: a line that names no
 * connection, or an end whose beginning nobody wrote down, is none.
 */
import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { type AccessRecord, type AppRecord, formatNames, type LogRecord } from '#lib/logs/record.ts'
import { type DiagnosticEvent, diagnosticEvent } from '#lib/protocol/events.ts'

export interface Place {
  readonly file: string
  /** Of the line, from 1. */
  readonly number: number
}

/** Remembers what a later line needs: when each connection was opened. */
export interface EventReader {
  /** @returns the events of the line, in their order */
  eventsOf(record: LogRecord, line: string, place: Place): readonly DiagnosticEvent[]
}

/** Connections of which only the opening was seen; the oldest is forgotten first. */
const MOST_OPEN = 50_000

/** @param service the name of the server; else its log's format is it */
export function createEventReader(service?: string): EventReader {
  const openedAt = new Map<string, number>()
  const opened = (clientId: string, at: number) => {
    openedAt.delete(clientId)
    openedAt.set(clientId, at)
    const [oldest] = openedAt.keys()
    if (openedAt.size > MOST_OPEN && oldest !== undefined) openedAt.delete(oldest)
  }

  const ofApp = (record: AppRecord, stamp: Stamp): object[] => {
    const { event, clientId, path = '', code, reason = '', initiator, status } = record
    if (event === 'server' && (record.state === 'started' || record.state === 'draining')) {
      return [{ ...stamp, kind: 'server', state: record.state }]
    }
    if (clientId === undefined) return []
    const connection = { ...stamp, client_id: clientId, endpoint: pathOf(path) }
    if (event === 'accepted') {
      opened(clientId, stamp.at)
      return [{ ...connection, kind: 'accepted' }]
    }
    if (event === 'rejected')
      return [{ ...connection, kind: 'rejected', cause: 'application', reason, status }]
    if (event === 'error') return [{ ...connection, kind: 'error', code: 'log', message: reason }]
    if (event !== 'disconnected') return []
    const begun = openedAt.get(clientId)
    openedAt.delete(clientId)
    const duration_ms = record.durationMs ?? (begun === undefined ? undefined : (stamp.at - begun) * 1000)
    if (duration_ms === undefined) return []
    const { pings, pongs, silenceMs: silence_ms } = record
    return [
      {
        ...connection,
        kind: 'disconnected',
        close_code: code,
        reason,
        initiator,
        duration_ms,
        pings,
        pongs,
        silence_ms,
      },
    ]
  }

  return {
    eventsOf: (record, line, place) => {
      if (record.atMs === undefined) return []
      // A line that is read again has the same name, and counts once.
      const id = createHash('sha256')
        .update(`${place.file}\n${place.number}\n${line}`)
        .digest('base64url')
        .slice(0, 22)
      const stamp: Stamp = {
        id,
        at: record.atMs / 1000,
        instance: `${hostname()}:${place.file}`.slice(0, 200),
        service: service ?? formatNames[record.format],
      }
      const events =
        record.kind === 'app'
          ? (ownEvent(line, stamp) ?? ofApp(record, stamp))
          : record.kind === 'access'
            ? ofAccess(record, stamp)
            : []
      return events.flatMap((event) => {
        const read = diagnosticEvent.safeParse(JSON.parse(JSON.stringify(event)))
        return read.success ? [read.data] : []
      })
    },
  }
}

interface Stamp {
  readonly id: string
  readonly at: number
  readonly instance: string
  readonly service: string
}

/** A line of `LOG_FORMAT=json` has the whole event. */
function ownEvent(line: string, { id, instance, service }: Stamp): object[] | undefined {
  const start = line.indexOf('{"id":')
  if (start === -1) return undefined
  try {
    const event = JSON.parse(line.slice(start))
    return [
      {
        ...event,
        id: event.id ?? id,
        instance: event.instance ?? instance,
        service: event.service ?? service,
      },
    ]
  } catch {
    return undefined
  }
}

/** A proxy writes one line of a tunnel, at its end: then both its ends are known, and not what was said in it. */
function ofAccess(record: AccessRecord, stamp: Stamp): object[] {
  const { status, upgrade, path = '', client = '', durationMs, connection } = record
  const begun = durationMs === undefined ? undefined : stamp.at - durationMs / 1000
  const client_id = `${client}:${record.clientPort ?? connection ?? stamp.id}`
  const common = { ...stamp, client_id, endpoint: pathOf(path) }
  if (status === 101) {
    if (begun === undefined) return []
    return [
      { ...common, id: `${stamp.id}+`, at: begun, kind: 'accepted' },
      { ...common, kind: 'disconnected', reason: record.cut ?? record.flags ?? '', duration_ms: durationMs },
    ]
  }
  if (upgrade !== true || status === undefined || status < 300) return []
  const reason = record.error ?? record.detail ?? ''
  return [{ ...common, kind: 'rejected', cause: 'application', reason, status, by: stamp.service }]
}

const pathOf = (target: string): string => target.split('?', 1)[0] ?? ''
