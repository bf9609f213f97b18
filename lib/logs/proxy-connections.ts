/** Connections from a proxy's lines: access lines, joined by the error lines about the same request. */
import {
  isPollOfSession,
  type KeptAccess,
  type KeptNotice,
  type LoggedConnection,
  pathname,
  type Quoted,
} from '#lib/logs/connection.ts'
import { Neighbours } from '#lib/logs/neighbours.ts'
import type { AccessRecord, Sign } from '#lib/logs/record.ts'

export type ProxyLines = {
  /** Upgraded or asking for it. */
  sockets: readonly Quoted<KeptAccess>[]
  /** Failed requests that do not say whether an upgrade was asked for. */
  doubtful: readonly Quoted<KeptAccess>[]
  /** Notices that name a client. */
  notices: readonly Quoted<KeptNotice>[]
  /** Whether a path is known to take WebSockets. */
  isSocketPath: (path: string) => boolean
  /** Offset of the access log's stamps, for error logs in the same local time that do not name it. */
  zoneMs: number
  /** There is nothing beside these lines. */
  isAll: boolean
  /** These lines are the question; with how many of them are about requests that went well. */
  asked: { others: number } | undefined
}

/** What a line is to us: `ignored` is understood and no WebSocket. */
export function judgeAccess(record: AccessRecord): 'socket' | 'doubtful' | 'ignored' {
  if (record.status === 101 || record.upgrade === true) return 'socket'
  if (record.upgrade === false) return 'ignored'
  // A TCP log has no status; whatever runs there is a connection.
  if (record.status === undefined) return 'socket'
  const failed = record.status === 0 || record.status >= 300
  if (!failed || record.path === undefined) return 'ignored'
  return (record.method ?? 'GET') === 'GET' || isPollOfSession(record.path) ? 'doubtful' : 'ignored'
}

/** Signs of error lines that concern one WebSocket connection by themselves. */
const tunnelSigns: ReadonlySet<Sign> = new Set([
  'tunnel-timed-out',
  'tunnel-client-timed-out',
  'tunnel-reset',
  'tunnel-lost',
])
const handshakeSigns: ReadonlySet<Sign> = new Set([
  'connect-refused',
  'connect-timed-out',
  'connect-failed',
  'response-timed-out',
  'closed-before-response',
  'reset-before-response',
  'response-header-too-big',
  'no-live-upstream',
  'unknown-upstream-host',
  'no-resolver',
  'setting-wrong',
  'client-left',
  'upstream-tls-off',
  'connection-limit',
  'request-limit',
  'forbidden',
  'no-protocol-handler',
  'response-invalid',
  'response-not-http',
  'plain-http-to-tls-port',
  'tls-to-plain-http-port',
  'upstream-not-tls',
  'upstream-is-tls',
  'upstream-tls-failed',
  'request-too-large',
])

export function proxyConnections(lines: ProxyLines): LoggedConnection[] {
  const known = (path: string | undefined) => path !== undefined && lines.isSocketPath(path)
  const doubtful = lines.doubtful.filter(({ record }) => known(record.path))
  const isAnswer = lines.sockets.length + doubtful.length > 0
  const connections = [...lines.sockets, ...doubtful, ...(isAnswer ? [] : askedFor(lines))].map(fromAccess)
  joinNotices(connections, lines, known)
  return connections
}

/** Refusals that a page or a picture does not get. */
const OF_UPGRADES: ReadonlySet<number> = new Set([400, 426, 501, 502, 503, 504])

/** Lines whose path says nothing, where somebody asks about them: refused as upgrades are, or all there is. */
function askedFor({ asked, doubtful }: ProxyLines): readonly Quoted<KeptAccess>[] {
  if (asked === undefined) return []
  const refused = doubtful.filter(({ record }) => OF_UPGRADES.has(record.status ?? 0))
  if (refused.length > 0) return refused
  const shapes = new Set(doubtful.map(({ record }) => shapeOf(record.path ?? '')))
  return asked.others === 0 && shapes.size === 1 ? doubtful : []
}

/** The path without its query, and without what differs from one request to the next. */
const shapeOf = (path: string): string =>
  pathname(path)
    .split('/')
    .map((part) => (/\d/.test(part) ? '#' : part))
    .join('/')

function fromAccess(access: Quoted<KeptAccess>): LoggedConnection {
  const { record } = access
  const { status, atMs, durationMs, client, path } = record
  const openedMs =
    record.startedMs ?? (atMs !== undefined && durationMs !== undefined ? atMs - durationMs : undefined)
  return {
    outcome: status === undefined || status === 101 ? 'ended' : 'refused',
    formats: [record.format],
    resolutionMs: record.resolutionMs,
    access,
    ...(client !== undefined && { client }),
    ...(path !== undefined && { path }),
    ...(openedMs !== undefined && { openedMs }),
    ...(atMs !== undefined && { closedMs: atMs }),
    ...(durationMs !== undefined && { ageMs: durationMs }),
    ...(status !== undefined && { status }),
  }
}

/** Stamps of both logs are whole seconds, written one after the other. */
const NEAR_MS = 2000

function joinNotices(
  connections: LoggedConnection[],
  lines: ProxyLines,
  known: (path?: string) => boolean,
): void {
  const concerned = findConcerned(connections)
  const own = new Map<string, LoggedConnection>()
  const unknown: Quoted<KeptNotice>[] = []
  const begin = (notice: Quoted<KeptNotice>, atMs: number | undefined, tunnel: boolean) => {
    const key = `${notice.record.client} ${notice.record.connection ?? atMs}`
    const before = own.get(key)
    if (before !== undefined) return addNotice(before, notice)
    const connection = fromNotice(notice, atMs, tunnel)
    own.set(key, connection)
    connections.push(connection)
  }
  for (const notice of lines.notices) {
    const { record } = notice
    const atMs = record.atMs === undefined ? undefined : record.atMs - (record.zoneless ? lines.zoneMs : 0)
    const match = concerned(record, atMs)
    if (match !== undefined) {
      addNotice(match, notice)
      continue
    }
    const tunnel = tunnelSigns.has(record.sign)
    // Apache says it of addresses of a backend, and wants a module for ws:// alone.
    const isOfSockets = record.sign === 'no-protocol-handler' || known(record.path)
    // A page’s address has no file as well: it counts where the path is known for a WebSocket’s.
    const isRefusal = handshakeSigns.has(record.sign) || record.sign === 'file-not-found'
    if (!tunnel && !(isRefusal && isOfSockets)) {
      if (handshakeSigns.has(record.sign) && !isOfFile(record.path)) unknown.push(notice)
      continue
    }
    begin(notice, atMs, tunnel)
  }
  // Where no path is known for a WebSocket’s, it is one of these: its path may be called anything.
  if (!lines.isAll || connections.length > 0) return
  for (const notice of unknown) begin(notice, notice.record.atMs, false)
}

/** Paths of failed handshakes, or of any other requests: who looks for a WebSocket among lines that show none, looks at these. */
export function failedPaths(notices: readonly Quoted<KeptNotice>[]): Set<string> {
  const failed = notices.filter(({ record }) => handshakeSigns.has(record.sign) && !isOfFile(record.path))
  return new Set(failed.flatMap(({ record: { path } }) => (path === undefined ? [] : [pathname(path)])))
}

const isOfFile = (path = ''): boolean =>
  /\.(?:js|mjs|css|map|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|html?|txt|xml|php|pdf)$/i.test(pathname(path))

/** What names a connection, in lines that know of it. */
type Names = readonly [client: string | undefined, port?: number, connection?: string, path?: string]

/** Which of the names are known, as bits. */
const knownOf = (names: Names): number =>
  names.reduce((bits: number, name, at) => (name === undefined ? bits : bits | (1 << at)), 0)

/** The client, known or not, and the names that both sides know. */
const keyOf = (names: Names, both: number): string =>
  JSON.stringify(names.filter((_, at) => at === 0 || both & (1 << at)))

const namesOf = ({ client, access, path }: LoggedConnection): Names => [
  client,
  access?.record.clientPort,
  access?.record.connection,
  path,
]

/** Connections with the same names: those whose end is known by it, and the others. */
interface Namesakes {
  readonly ended: Neighbours<LoggedConnection>
  readonly others: readonly LoggedConnection[]
}

/**
 * Which of these connections a notice is about: all names agree that both know, and the end is near. The nearest that has
 * no notice yet, since of connections that ended together each has a line of its own; else the nearest.
 */
function findConcerned(
  connections: readonly LoggedConnection[],
): (record: KeptNotice, atMs: number | undefined) => LoggedConnection | undefined {
  const byKnown = Map.groupBy(connections, (connection) => knownOf(namesOf(connection)))
  const indexes = new Map<string, Map<string, Namesakes>>()
  const namesakesOf = (known: number, names: Names): Namesakes | undefined => {
    const both = known & knownOf(names)
    const index = `${known} ${both}`
    const found = indexes.get(index) ?? indexOf(byKnown.get(known) ?? [], both)
    indexes.set(index, found)
    return found.get(keyOf(names, both))
  }
  return (record, atMs) => {
    const names: Names = [record.client, record.clientPort, record.connection, record.path]
    let found: { connection: LoggedConnection; isFree: boolean; apartMs: number } | undefined
    const consider = (connection: LoggedConnection | undefined) => {
      if (connection === undefined) return
      const isFree = connection.notices === undefined
      const apartMs = Math.abs((connection.closedMs ?? Infinity) - (atMs ?? 0))
      const isBetter = found === undefined || (isFree === found.isFree ? apartMs < found.apartMs : isFree)
      if (isBetter) found = { connection, isFree, apartMs }
    }
    for (const known of byKnown.keys()) {
      const namesakes = namesakesOf(known, names)
      if (namesakes === undefined) continue
      const { ended, others } = namesakes
      const [value, within] = atMs === undefined ? [0, Infinity] : [atMs, NEAR_MS]
      for (const connection of ended.free(value, within, 1)) consider(connection)
      consider(ended.nearest(value, within))
      consider(others[0])
    }
    return found?.connection
  }
}

function indexOf(connections: readonly LoggedConnection[], both: number): Map<string, Namesakes> {
  const groups = Map.groupBy(connections, (connection) => keyOf(namesOf(connection), both))
  const hasNotice = ({ notices }: LoggedConnection) => notices !== undefined
  return new Map(
    Array.from(groups, ([key, all]) => {
      const ended = all.filter(({ closedMs }) => closedMs !== undefined)
      const others = all.filter(({ closedMs }) => closedMs === undefined)
      return [key, { ended: new Neighbours(ended, ({ closedMs = 0 }) => closedMs, hasNotice), others }]
    }),
  )
}

function addNotice(connection: LoggedConnection, notice: Quoted<KeptNotice>): void {
  connection.notices ??= []
  connection.notices.push(notice)
  if (!connection.formats.includes(notice.record.format)) connection.formats.push(notice.record.format)
}

function fromNotice(notice: Quoted<KeptNotice>, atMs: number | undefined, tunnel: boolean): LoggedConnection {
  const { client, path, format, resolutionMs } = notice.record
  return {
    outcome: tunnel ? 'ended' : 'refused',
    formats: [format],
    resolutionMs,
    notices: [notice],
    ...(client !== undefined && { client }),
    ...(path !== undefined && { path }),
    ...(atMs !== undefined && { closedMs: atMs }),
  }
}
