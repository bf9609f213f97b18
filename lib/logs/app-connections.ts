/** Connections from the WebSocket server's own lines, held together by their client id. */
import type { LoggedConnection, Place } from '#lib/logs/connection.ts'
import { bytesOf, keptText, LONGEST_KEPT } from '#lib/logs/keep.ts'
import { createNaming, isGiven } from '#lib/logs/nameless.ts'
import type { AppRecord } from '#lib/logs/record.ts'

/** Two lines of one id further apart than this are two connections: the original server reuses ids. */
const SAME_OPENING_MS = 2000
/** Of ids, addresses, paths and reasons of all of them. */
const MOST_BYTES = 10 << 20

export type AppConnections = {
  add: (record: AppRecord, line?: string, place?: Place) => void
  /** All so far, in the order they appeared. */
  list: () => LoggedConnection[]
  /** How many of them ended or were refused, and their bytes. */
  size: () => { finished: number; bytes: number }
  /** These, which `list` gave, are known elsewhere. */
  settle: (connections: readonly LoggedConnection[]) => void
  /** Those that were forgotten without a word about their end. */
  forgotten: () => number
  data: () => AppConnectionsData
  /** What another one collected from lines behind those that were read here. */
  absorb: (data: AppConnectionsData) => void
}

/** As plain data, which a thread can hand to another. */
export type AppConnectionsData = {
  connections: [id: string, connection: LoggedConnection][]
  sawTraffic: boolean
  sawHeartbeat: boolean
  forgotten: number
}

/**
 * Collects app records. Keeps at most `most` finished connections and as many open ones; of more, or of too many bytes, the
 * older half is forgotten.
 */
export function collectAppConnections(most: number): AppConnections {
  const byId = new Map<string, LoggedConnection>()
  const finished: LoggedConnection[] = []
  let forgotten = 0
  let parts = 0
  let bytes = 0
  let count = 0
  let finishedBytes = 0
  let sawTraffic = false
  let sawHeartbeat = false
  /** The original server names the client once and then writes lines without it. */
  let lastOriginalId: string | undefined

  const weigh = (connection: LoggedConnection, sign: 1 | -1) => {
    const size = sign * sizeOf(connection)
    bytes += size
    if (connection.outcome !== 'open') finishedBytes += size
  }
  const forget = (gone: ReadonlySet<LoggedConnection>) => {
    for (const connection of gone) weigh(connection, -1)
    for (const [id, known] of byId) if (gone.has(known)) byId.delete(id)
  }
  const makeRoom = () => {
    if (finished.length > most || finishedBytes > MOST_BYTES / 2)
      forget(new Set(finished.splice(0, Math.ceil(finished.length / 2))))
    const open = byId.size - finished.length
    // Ids that never ended, such as those of a server that was killed, must not pile up either.
    if (bytes <= MOST_BYTES && open <= most) return
    const oldest = [...byId.values()]
      .filter(({ outcome }) => outcome === 'open')
      .slice(0, Math.ceil(open / 2))
    forgotten += oldest.length
    forget(new Set(oldest))
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
    weigh(connection, 1)
    return connection
  }

  const named = createNaming()
  const add = (given: AppRecord, line?: string, place?: Place): void => {
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
    weigh(connection, -1)
    apply(connection, record)
    if (connection.outcome !== 'open' && isEnd(record) && line !== undefined && place !== undefined)
      connection.told = { line: keptText(line), place }
    weigh(connection, 1)
    if (outcome === 'open' && connection.outcome !== 'open') finished.push(connection)
    makeRoom()
  }

  /** What `list` gave for which. */
  const originals = new WeakMap<LoggedConnection, LoggedConnection>()
  const list = (): LoggedConnection[] => {
    const ended = new Set(finished)
    return [...finished, ...[...byId.values()].filter((connection) => !ended.has(connection))].map(
      (connection) => {
        const given = withSilence(connection, sawTraffic, sawHeartbeat)
        originals.set(given, connection)
        return given
      },
    )
  }

  const settle = (connections: readonly LoggedConnection[]): void => {
    const gone = new Set(connections.flatMap((connection) => originals.get(connection) ?? []))
    const left = finished.filter((connection) => !gone.has(connection))
    finished.splice(0, finished.length, ...left)
    forget(gone)
  }

  const data = (): AppConnectionsData => {
    const known = new Set(byId.values())
    // An id that came again names the last of its connections.
    const others = finished.filter((connection) => !known.has(connection))
    const unnamed = others.map((connection): [string, LoggedConnection] => [ANONYMOUS, connection])
    return { connections: [...unnamed, ...byId], sawTraffic, sawHeartbeat, forgotten }
  }

  const absorb = (data: AppConnectionsData): void => {
    sawTraffic ||= data.sawTraffic
    sawHeartbeat ||= data.sawHeartbeat
    forgotten += data.forgotten
    parts++
    for (const [ownId, connection] of data.connections) {
      // A name that was given there is no name here.
      const id = isGiven(ownId) ? `${ownId} of part ${parts}` : ownId
      const known = id === ANONYMOUS ? undefined : byId.get(id)
      const isSame = known?.outcome === 'open'
      const both: LoggedConnection = isSame ? continued(known, connection) : connection
      if (isSame) weigh(known, -1)
      weigh(both, 1)
      if (id !== ANONYMOUS) byId.set(id, both)
      if (both.outcome !== 'open') finished.push(both)
    }
    makeRoom()
  }

  const size = () => ({ finished: finished.length, bytes: finishedBytes })
  return { add, list, size, settle, forgotten: () => forgotten, data, absorb }
}

/** What began in one part of the lines goes on in the next. */
function continued(before: LoggedConnection, after: LoggedConnection): LoggedConnection {
  const { openedMs = after.openedMs } = before
  return { ...before, ...after, ...(openedMs !== undefined && { openedMs }) }
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
    set(connection, 'process', record.process)
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

const isEnd = ({ event }: AppRecord): boolean => event === 'disconnected' || event === 'rejected'

const sizeOf = ({ clientId, client, path, origin, reason, told }: LoggedConnection): number =>
  bytesOf(clientId, client, path, origin, reason, told?.line)

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
