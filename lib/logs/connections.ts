/**
 * From records of any number of files to connections. Lines of several files about one connection (a proxy's
 * access and error log, the server's own events) become one. Of very many connections the newer ones are known in detail,
 * and can be joined with what is still to come; the older ones are settled: counted in `Totals`.
 */
import { type AppConnectionsData, collectAppConnections } from '#lib/logs/app-connections.ts'
import {
  type KeptAccess,
  type KeptNotice,
  type LoggedConnection,
  looksLikeSocketPath,
  type Place,
  pathname,
  type Quoted,
} from '#lib/logs/connection.ts'
import { bytesOf, createKeep, keptText, LONGEST_KEPT } from '#lib/logs/keep.ts'
import { mergeObservers, mergeProxies, type OnJoin } from '#lib/logs/merge.ts'
import { isAskedFor, isPathOf, type Only } from '#lib/logs/only.ts'
import { failedPaths, judgeAccess, proxyConnections } from '#lib/logs/proxy-connections.ts'
import type { AccessRecord, AppRecord, LogRecord, NoticeRecord, Sign } from '#lib/logs/record.ts'
import { createRepeats } from '#lib/logs/repeats.ts'
import { Totals, type TotalsData, totalsOf } from '#lib/logs/totals.ts'

/** Connections known in detail. */
export const MOST_CONNECTIONS = 10_000
const MOST_DOUBTFUL = 20_000
const MOST_NOTICES = 50_000
const MOST_LIFECYCLE = 500
/** Of lines and values. */
const MOST_BYTES = {
  sockets: 8 << 20,
  told: 4 << 20,
  doubtful: 4 << 20,
  notices: 6 << 20,
  lifecycle: 1 << 20,
}
const MOST_PATHS = 1000

export type Connections = {
  /** All of them; where there are very many, the newer ones and some of the others. */
  list: LoggedConnection[]
  totals: Totals
  /** The proxy's or server's reloads, stops and crashes, in the order they were read. */
  lifecycle: readonly Quoted<KeptNotice>[]
  /** Error lines that concern no single connection, such as a backend marked down. */
  general: readonly Quoted<KeptNotice>[]
  /** Lines that were kept in part. */
  shortened: number
  /** Connections that were not asked about. */
  leftOut: number
}

/** As plain data, which a thread can hand to another. */
export type ConnectionsData = {
  settled: TotalsData
  sockets: readonly Ordered<KeptAccess>[]
  doubtful: readonly Ordered<KeptAccess>[]
  notices: readonly Quoted<KeptNotice>[]
  lifecycle: readonly Quoted<KeptNotice>[]
  general: readonly Quoted<KeptNotice>[]
  app: AppConnectionsData
  paths: readonly string[]
  zoneMs: number
  others: number
  shortened: number
  leftOut: number
}

/** With its place among those that were kept. */
type Ordered<R extends KeptAccess | KeptNotice> = Quoted<R> & { order: number }

const lifecycleSigns: ReadonlySet<Sign> = new Set(['reload', 'stop', 'worker-ending', 'worker-crashed'])

export type CollectOptions = {
  /** How many are known in detail. */
  most?: number
  isAsked?: boolean
  /** Those that are asked about, where not all are. */
  only?: Only
  /** Called when a WebSocket is seen on a path for the first time; the path has no query. */
  onPath?: (path: string) => void
}

export type Collector = ReturnType<typeof collectConnections>

/** Collects records; `read` may be called again and again as lines come in. */
export function collectConnections({
  most = MOST_CONNECTIONS,
  isAsked = false,
  only = {},
  onPath = () => {},
}: CollectOptions = {}) {
  // What is finished there is settled before it has to be forgotten.
  const app = collectAppConnections(most * 2)
  const settled = new Totals(most / MOST_CONNECTIONS)
  /** Upgraded, or refused on a path that is known for a WebSocket’s. */
  let sockets: Ordered<KeptAccess>[] = []
  let socketBytes = 0
  const doubtful = createKeep<Ordered<KeptAccess>>(MOST_DOUBTFUL, MOST_BYTES.doubtful)
  const notices = createKeep<Quoted<KeptNotice>>(MOST_NOTICES, MOST_BYTES.notices)
  const lifecycle = createKeep<Quoted<KeptNotice>>(MOST_LIFECYCLE, MOST_BYTES.lifecycle)
  const general = createKeep<Quoted<KeptNotice>>(MOST_LIFECYCLE, MOST_BYTES.lifecycle)
  const socketPaths = new Set<string>()
  const isRepeat = createRepeats()
  let zoneMs = 0
  let others = 0
  let order = 0
  let shortened = 0
  let leftOut = 0

  const quoted = <R extends KeptAccess | KeptNotice>(record: R, line: string, place?: Place): Quoted<R> => {
    if (line.length > LONGEST_KEPT) shortened++
    return { record, line: keptText(line), ...(place && { place }) }
  }
  const addPath = (path: string | undefined) => {
    if (path === undefined || socketPaths.size >= MOST_PATHS) return
    const name = pathname(path)
    if (socketPaths.has(name)) return
    socketPaths.add(keptText(name))
    onPath(name)
  }
  const isKnown = (path = '') =>
    socketPaths.has(pathname(path)) || looksLikeSocketPath(path) || isPathOf(only, path)
  const isMeant = (connection: LoggedConnection) => isAskedFor(only, connection)
  const addSocket = (socket: Ordered<KeptAccess>) => {
    sockets.push(socket)
    socketBytes += sizeOf(socket)
    settleWhatIsTooMuch()
  }
  const addAccess = (record: AccessRecord, line: string, place: Place | undefined) => {
    if (record.zoneMs !== undefined) zoneMs = record.zoneMs
    const judged = judgeAccess(record)
    if (judged === 'ignored') {
      others++
      return
    }
    if (isRepeat(record)) return
    if (judged === 'socket') addPath(record.path)
    const kept = { ...quoted(keptAccess(record), line, place), order: order++ }
    if (judged === 'socket' || isKnown(record.path)) addSocket(kept)
    else doubtful.add(kept, sizeOf(kept))
  }
  const addNotice = (record: NoticeRecord, line: string, place: Place | undefined) => {
    if (record.sign === 'other') return
    const kept = quoted(keptNotice(record), line, place)
    if (lifecycleSigns.has(record.sign)) lifecycle.add(kept, sizeOf(kept))
    else if (record.client === undefined) general.add(kept, sizeOf(kept))
    else {
      if (notices.isFull()) settle()
      notices.add(kept, sizeOf(kept))
    }
  }
  const addApp = (record: AppRecord, line: string, place: Place | undefined) => {
    addPath(record.path)
    app.add(record, line, place)
    settleWhatIsTooMuch()
  }

  /** All that is known in detail, joined; and of each what it was made of. */
  const joined = ({ isSocketPath = isKnown, isAll = false } = {}) => {
    const lines = [...sockets, ...doubtful.list].sort((a, b) => a.order - b.order)
    const isSocket = ({ record }: Quoted<KeptAccess>) => judgeAccess(record) === 'socket'
    const proxied = proxyConnections({
      sockets: lines.filter(isSocket),
      doubtful: lines.filter((line) => !isSocket(line)),
      notices: notices.list,
      isSocketPath,
      zoneMs,
      isAll: isAll || isAsked,
      asked: isAsked ? { others } : undefined,
    })
    const parts = new Map<LoggedConnection, LoggedConnection[]>()
    const partsOf = (connection: LoggedConnection) => parts.get(connection) ?? [connection]
    const onJoin: OnJoin = (both, one, other) => parts.set(both, [...partsOf(one), ...partsOf(other)])
    const list = mergeObservers(mergeProxies(proxied, onJoin), app.list(), onJoin)
    return { list, partsOf }
  }

  /** Whoever looks for a WebSocket where no line shows one, asks about the requests that failed. */
  const whereNoneIsKnown = (): LoggedConnection[] => {
    const paths = failedPaths(notices.list)
    for (const path of paths) onPath(path)
    const isSocketPath = (path = '') => isKnown(path) || paths.has(pathname(path))
    return joined({ isSocketPath, isAll: true }).list
  }

  /** The older half of what is known in detail counts from now on, and is joined with nothing that is still to come. */
  const settle = () => {
    const { list, partsOf } = joined()
    const finished = list.filter(({ outcome }) => outcome !== 'open')
    const byEnd = finished.sort((a, b) => (a.closedMs ?? 0) - (b.closedMs ?? 0))
    const gone = byEnd.slice(0, Math.ceil(byEnd.length / 2))
    for (const connection of gone) {
      if (isMeant(connection)) settled.add(connection)
      else leftOut++
    }
    const parts = gone.flatMap(partsOf)
    const lines = new Set<unknown>(parts.flatMap(({ access, notices = [] }) => [access, ...notices]))
    const isLeft = (line: Quoted<KeptAccess> | Quoted<KeptNotice>) => !lines.has(line)
    sockets = sockets.filter(isLeft)
    socketBytes = sockets.reduce((sum, socket) => sum + sizeOf(socket), 0)
    doubtful.filter(isLeft)
    notices.filter(isLeft)
    app.settle(parts)
  }
  const settleWhatIsTooMuch = () => {
    const { finished, bytes } = app.size()
    const isTooMuch =
      sockets.length + finished > most ||
      socketBytes > MOST_BYTES.sockets * Math.max(1, most / MOST_CONNECTIONS) ||
      bytes > MOST_BYTES.told
    if (isTooMuch && sockets.length + finished > 1) settle()
  }

  return {
    add(record: LogRecord, line: string, place?: Place): void {
      if (record.kind === 'access') addAccess(record, line, place)
      else if (record.kind === 'notice') addNotice(record, line, place)
      else addApp(record, line, place)
    },
    /** A line about a plain request, which was not read for more. */
    pass({ zoneMs: zone }: { readonly zoneMs: number | undefined }): void {
      if (zone !== undefined) zoneMs = zone
      others++
    },
    isSocketPath: isKnown,
    zoneMs: () => zoneMs,
    read(): Connections {
      const isAll = settled.ended + settled.refused === 0
      const known = joined().list
      const all = isAll && known.length === 0 ? whereNoneIsKnown() : known
      const list = all.filter(isMeant)
      const totals = isAll ? totalsOf(list) : new Totals()
      if (!isAll) {
        totals.merge(settled)
        for (const connection of list) totals.add(connection)
      }
      totals.open += app.forgotten()
      return {
        list: isAll ? list : [...settled.examples(), ...list],
        totals,
        lifecycle: lifecycle.list,
        general: general.list,
        shortened,
        leftOut: leftOut + all.length - list.length,
      }
    },
    data(): ConnectionsData {
      return {
        settled: settled.data(),
        sockets,
        doubtful: doubtful.list,
        notices: notices.list,
        lifecycle: lifecycle.list,
        general: general.list,
        app: app.data(),
        paths: [...socketPaths],
        zoneMs,
        others,
        shortened,
        leftOut,
      }
    },
    /** Paths that a WebSocket was seen on. */
    paths: (): string[] => [...socketPaths],
    /** These are. */
    learn(paths: readonly string[]): void {
      for (const path of paths) addPath(path)
    },
    /** What another one collected from lines behind those that were read here. */
    absorb(data: ConnectionsData): void {
      settled.absorb(data.settled)
      for (const path of data.paths) addPath(path)
      if (data.zoneMs !== 0) zoneMs = data.zoneMs
      others += data.others
      shortened += data.shortened
      leftOut += data.leftOut
      const first = order
      for (const line of data.notices) notices.add(line, sizeOf(line))
      for (const line of data.lifecycle) lifecycle.add(line, sizeOf(line))
      for (const line of data.general) general.add(line, sizeOf(line))
      app.absorb(data.app)
      for (const line of data.doubtful) doubtful.add({ ...line, order: first + line.order }, sizeOf(line))
      for (const line of data.sockets) {
        order = Math.max(order, first + line.order + 1)
        addSocket({ ...line, order: first + line.order })
      }
    },
  }
}

const sizeOf = ({ line, record }: Quoted<KeptAccess | KeptNotice>): number =>
  bytesOf(line, record.client, record.path, record.connection)

function keptAccess(record: AccessRecord): KeptAccess {
  const { userAgent: _agent, method: _method, backend: _backend, error: _error, ...rest } = record
  return withOwnTexts(rest)
}

function keptNotice(record: NoticeRecord): KeptNotice {
  const { text: _text, level: _level, upstream: _upstream, pid: _pid, ...rest } = record
  return withOwnTexts(rest)
}

function withOwnTexts<R extends KeptAccess | KeptNotice>(record: R): R {
  if (record.client !== undefined) record.client = keptText(record.client)
  if (record.path !== undefined) record.path = keptText(record.path)
  if (record.connection !== undefined) record.connection = keptText(record.connection)
  if ('flags' in record && record.flags !== undefined) record.flags = keptText(record.flags)
  return record
}
