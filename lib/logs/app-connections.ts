/** Connections from the WebSocket server's own lines, held together by their client id. */
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { bytesOf, keptText, LONGEST_KEPT } from '#lib/logs/keep.ts'
import { createNaming } from '#lib/logs/nameless.ts'
import type { AppRecord } from '#lib/logs/record.ts'

/** Two lines of one id further apart than this are two connections: the original server reuses ids. */
const SAME_OPENING_MS = 2000
/** Of ids, addresses, paths and reasons of all of them. */
const MOST_BYTES = 10 << 20

export type AppConnections = {
  add: (record: AppRecord) => void
  /** All so far, in the order they appeared. */
  list: () => LoggedConnection[]
  /** Ended or refused ones that were forgotten. */
  dropped: () => number
}

/**
 * Collects app records. Keeps at most `most` finished connections, and as many bytes of all; of more, the older
 * half is forgotten and counted.
 */
export function collectAppConnections(most: number): AppConnections {
  const byId = new Map<string, LoggedConnection>()
  const finished: LoggedConnection[] = []
  let dropped = 0
  let bytes = 0
  let count = 0
  let sawTraffic = false
  let sawHeartbeat = false
  /** The original server names the client once and then writes lines without it. */
  let lastOriginalId: string | undefined

  const forget = (gone: ReadonlySet<LoggedConnection>) => {
    for (const connection of gone) bytes -= sizeOf(connection)
    for (const [id, known] of byId) if (gone.has(known)) byId.delete(id)
  }
  const forgetFinished = (count: number): LoggedConnection[] => {
    dropped += count
    return finished.splice(0, count)
  }
  const makeRoom = () => {
    if (finished.length > most) forget(new Set(forgetFinished(Math.ceil(most / 2))))
    const open = byId.size - finished.length
    // Ids that never ended, such as those of a server that was killed, must not pile up either.
    if (bytes <= MOST_BYTES && open <= most) return
    const oldest = [...byId.values()]
      .filter(({ outcome }) => outcome === 'open')
      .slice(0, Math.ceil(open / 2))
    forget(new Set([...forgetFinished(Math.ceil(finished.length / 2)), ...oldest]))
  }

  const opened = (id: string, record: AppRecord): LoggedConnection => {
    const known = byId.get(id)
    if (known !== undefined && isSameOpening(known, record)) return known
    const connection: LoggedConnection = {
      outcome: 'open',
      formats: [record.format],
      resolutionMs: record.resolutionMs,
      isTold: true,
    }
    const ownId = keptText(id)
    if (!id.startsWith(ANONYMOUS)) connection.clientId = ownId
    byId.set(ownId, connection)
    bytes += sizeOf(connection)
    return connection
  }

  const named = createNaming()
  const add = (given: AppRecord): void => {
    const record = named(given)
    if (record === undefined) return
    if (record.format === 'why1006-original') {
      if (record.event === 'attempt') lastOriginalId = undefined
      lastOriginalId = record.clientId === undefined ? lastOriginalId : keptText(record.clientId)
    }
    const id =
      record.clientId ?? (record.format === 'why1006-original' ? lastOriginalId : anonymous(record, count++))
    if (id === undefined) return
    if (record.event === 'traffic') sawTraffic = true
    if (record.event === 'heartbeat') sawHeartbeat = true
    const connection = opened(id.length > LONGEST_KEPT ? keptText(id) : id, record)
    const { outcome } = connection
    bytes -= sizeOf(connection)
    apply(connection, record)
    bytes += sizeOf(connection)
    if (outcome === 'open' && connection.outcome !== 'open') finished.push(connection)
    makeRoom()
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

/** A refusal that names nobody still is one; each is a connection of its own, where nothing tells that two lines are about one. */
function anonymous({ event, atMs, client, path }: AppRecord, count: number): string | undefined {
  if (event !== 'rejected' && event !== 'disconnected') return undefined
  const isKnown = atMs !== undefined && (client ?? path) !== undefined
  return isKnown ? `${ANONYMOUS}${atMs} ${client} ${path}` : `${ANONYMOUS}#${count}`
}

function isSameOpening(connection: LoggedConnection, { event, atMs }: AppRecord): boolean {
  if (connection.outcome === 'open') return true
  const opening = event === 'attempt' || event === 'accepted' || event === 'detail'
  // A refused attempt may be told in several lines; files may come newest first.
  return !opening || atMs === undefined || Math.abs(atMs - (connection.openedMs ?? atMs)) <= SAME_OPENING_MS
}

function apply(connection: LoggedConnection, record: AppRecord): void {
  const { event, atMs } = record
  setText(connection, 'client', connection.client ?? record.client)
  setText(connection, 'path', connection.path ?? record.path)
  setText(connection, 'origin', connection.origin ?? record.origin)
  if (event === 'disconnected') {
    // Some servers say of those as well that they refused that they are gone.
    if (connection.outcome === 'refused' && record.code === undefined) return
    connection.outcome = 'ended'
    if (record.isOneOfSeveral) delete connection.openedMs
    set(connection, 'closedMs', atMs)
    set(connection, 'code', record.code)
    setText(connection, 'reason', record.reason)
    set(connection, 'initiator', record.initiator)
    set(connection, 'pings', record.pings)
    set(connection, 'pongs', record.pongs)
    set(connection, 'ageMs', record.durationMs)
    if (atMs !== undefined && record.durationMs !== undefined)
      connection.openedMs ??= atMs - record.durationMs
    if (atMs !== undefined && record.silenceMs !== undefined) {
      connection.lastByteMs = atMs - record.silenceMs
      connection.isSilenceTold = true
    }
  } else if (event === 'rejected') {
    connection.outcome = 'refused'
    set(connection, 'closedMs', atMs)
    set(connection, 'status', record.status)
    set(connection, 'code', record.code)
    setText(connection, 'reason', record.reason)
  } else if (event === 'pong_timeout') {
    connection.pongTimeout = true
  } else if (event === 'traffic' || event === 'heartbeat') {
    set(connection, 'lastByteMs', atMs)
  } else if (atMs !== undefined && (event === 'attempt' || event === 'accepted' || event === 'detail')) {
    connection.openedMs ??= atMs
  }
}

const sizeOf = ({ clientId, client, path, origin, reason }: LoggedConnection): number =>
  bytesOf(clientId, client, path, origin, reason)

function setText(
  connection: LoggedConnection,
  key: 'client' | 'path' | 'origin' | 'reason',
  text: string | undefined,
): void {
  if (text !== undefined && text !== connection[key]) connection[key] = keptText(text)
}

function set<K extends keyof LoggedConnection>(
  connection: LoggedConnection,
  key: K,
  value: LoggedConnection[K] | undefined,
): void {
  if (value !== undefined) connection[key] = value
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
  if (connection.isSilenceTold) return connection
  if (!sawHeartbeat && (connection.pings ?? 0) > 0) {
    const { lastByteMs: _unknown, ...rest } = connection
    return rest
  }
  if (!sawTraffic || connection.lastByteMs !== undefined || connection.openedMs === undefined)
    return connection
  return { ...connection, lastByteMs: connection.openedMs }
}
