/** Connections from the WebSocket server's own lines, held together by their client id. */
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { forgetOldest } from '#lib/logs/forget.ts'
import type { AppRecord } from '#lib/logs/record.ts'

/** Two lines of one id further apart than this are two connections: the original server reuses ids. */
const SAME_OPENING_MS = 2000
const MOST_LINES_KEPT = 12

export type AppConnections = {
  add: (record: AppRecord, line: string) => void
  /** All so far, in the order they appeared. */
  list: () => LoggedConnection[]
  /** Ended or refused ones that were forgotten. */
  dropped: () => number
}

/** Collects app records. Keeps at most `most` finished connections; of more, the oldest are forgotten and counted. */
export function collectAppConnections(most: number): AppConnections {
  const byId = new Map<string, LoggedConnection>()
  const finished: LoggedConnection[] = []
  let dropped = 0
  let sawTraffic = false
  let sawHeartbeat = false
  /** The original server names the client once and then writes lines without it. */
  let lastOriginalId: string | undefined

  const finish = (connection: LoggedConnection) => {
    finished.push(connection)
    const forgotten = new Set(forgetOldest(finished, most))
    if (forgotten.size === 0) return
    dropped += forgotten.size
    for (const [id, known] of byId) if (forgotten.has(known)) byId.delete(id)
  }

  const opened = (id: string, record: AppRecord): LoggedConnection => {
    const before = byId.get(id)
    if (before !== undefined && isSameOpening(before, record)) return before
    const connection: LoggedConnection = {
      outcome: 'open',
      formats: [record.format],
      resolutionMs: record.resolutionMs,
    }
    if (!id.startsWith(ANONYMOUS)) connection.clientId = id
    // Ids that never ended, such as those of a server that was killed, must not pile up either.
    if (byId.size >= most * 2) byId.delete(byId.keys().next().value ?? id)
    byId.set(id, connection)
    return connection
  }

  const add = (record: AppRecord, line: string): void => {
    if (record.format === 'why1006-original') {
      if (record.event === 'attempt') lastOriginalId = undefined
      lastOriginalId = record.clientId ?? lastOriginalId
    }
    const id = record.clientId ?? (record.format === 'why1006-original' ? lastOriginalId : anonymous(record))
    if (id === undefined) return
    if (record.event === 'traffic') sawTraffic = true
    if (record.event === 'heartbeat') sawHeartbeat = true
    const connection = opened(id, record)
    apply(connection, record)
    keepLine(connection, line)
    if (record.event === 'disconnected' || record.event === 'rejected') finish(connection)
  }

  const list = (): LoggedConnection[] => {
    const ended = new Set(finished)
    return [...finished, ...[...byId.values()].filter((connection) => !ended.has(connection))].map(
      (connection) => withSilence(connection, sawTraffic, sawHeartbeat),
    )
  }

  return { add, list, dropped: () => dropped }
}

const ANONYMOUS = '\u0000'

/** A refusal that names nobody still is one; each is a connection of its own. */
function anonymous(record: AppRecord): string | undefined {
  if (record.event !== 'rejected' && record.event !== 'disconnected') return undefined
  return `${ANONYMOUS}${record.atMs} ${record.client} ${record.path}`
}

function isSameOpening(connection: LoggedConnection, { event, atMs }: AppRecord): boolean {
  if (connection.outcome === 'open') return true
  const opening = event === 'attempt' || event === 'accepted' || event === 'detail'
  // A refused attempt may be told in several lines; files may come newest first.
  return !opening || atMs === undefined || Math.abs(atMs - (connection.openedMs ?? atMs)) <= SAME_OPENING_MS
}

function apply(connection: LoggedConnection, record: AppRecord): void {
  const { event, atMs } = record
  set(connection, 'client', connection.client ?? record.client)
  set(connection, 'path', connection.path ?? record.path)
  set(connection, 'origin', connection.origin ?? record.origin)
  if (event === 'disconnected') {
    connection.outcome = 'ended'
    set(connection, 'closedMs', atMs)
    set(connection, 'code', record.code)
    set(connection, 'reason', record.reason)
    set(connection, 'initiator', record.initiator)
    set(connection, 'pings', record.pings)
    set(connection, 'pongs', record.pongs)
    set(connection, 'ageMs', record.durationMs)
    if (atMs !== undefined && record.durationMs !== undefined)
      connection.openedMs ??= atMs - record.durationMs
  } else if (event === 'rejected') {
    connection.outcome = 'refused'
    set(connection, 'closedMs', atMs)
    set(connection, 'status', record.status)
    set(connection, 'code', record.code)
    set(connection, 'reason', record.reason)
  } else if (event === 'pong_timeout') {
    connection.pongTimeout = true
  } else if (event === 'traffic' || event === 'heartbeat') {
    set(connection, 'lastByteMs', atMs)
  } else if (atMs !== undefined && (event === 'attempt' || event === 'accepted' || event === 'detail')) {
    connection.openedMs ??= atMs
  }
}

function set<K extends keyof LoggedConnection>(
  connection: LoggedConnection,
  key: K,
  value: LoggedConnection[K] | undefined,
): void {
  if (value !== undefined) connection[key] = value
}

function keepLine(connection: LoggedConnection, line: string): void {
  connection.events ??= []
  if (connection.events.length < MOST_LINES_KEPT) connection.events.push(line)
  else connection.events[MOST_LINES_KEPT - 1] = line
}

/**
 * Where traffic is recorded at all, a connection without any was silent from its opening. Pings are bytes too:
 * when they were sent and nobody recorded them, the silence is unknown.
 */
function withSilence(
  connection: LoggedConnection,
  sawTraffic: boolean,
  sawHeartbeat: boolean,
): LoggedConnection {
  if (!sawHeartbeat && (connection.pings ?? 0) > 0) {
    const { lastByteMs: _unknown, ...rest } = connection
    return rest
  }
  if (!sawTraffic || connection.lastByteMs !== undefined || connection.openedMs === undefined)
    return connection
  return { ...connection, lastByteMs: connection.openedMs }
}
