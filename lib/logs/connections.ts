/**
 * From records of any number of files to connections. Lines of several files about one connection (a proxy's
 * access and error log, the server's own events) become one.
 */
import { collectAppConnections } from '#lib/logs/app-connections.ts'
import {
  type KeptAccess,
  type KeptNotice,
  type LoggedConnection,
  type Place,
  pathname,
  type Quoted,
} from '#lib/logs/connection.ts'
import { bytesOf, createKeep, type Keep, keptText, LONGEST_KEPT } from '#lib/logs/keep.ts'
import { mergeObservers, mergeProxies } from '#lib/logs/merge.ts'
import { judgeAccess, proxyConnections } from '#lib/logs/proxy-connections.ts'
import type { AccessRecord, AppRecord, LogRecord, NoticeRecord, Sign } from '#lib/logs/record.ts'
import { createRepeats } from '#lib/logs/repeats.ts'

/** Connections kept in detail; beyond it the oldest are forgotten and counted in `dropped`. */
export const MOST_CONNECTIONS = 50_000
const MOST_DOUBTFUL = 20_000
const MOST_NOTICES = 50_000
const MOST_LIFECYCLE = 500
/** Of lines and values. */
const MOST_BYTES = { sockets: 12 << 20, doubtful: 4 << 20, notices: 6 << 20, lifecycle: 1 << 20 }
const MOST_PATHS = 1000

export type Connections = {
  list: LoggedConnection[]
  /** The proxy's or server's reloads, stops and crashes, in the order they were read. */
  lifecycle: readonly Quoted<KeptNotice>[]
  /** Error lines that concern no single connection, such as a backend marked down. */
  general: readonly Quoted<KeptNotice>[]
  /** Connections beyond the bounds. */
  dropped: number
  /** Lines that were kept in part. */
  shortened: number
}

const lifecycleSigns: ReadonlySet<Sign> = new Set(['reload', 'stop', 'worker-ending', 'worker-crashed'])

export type CollectOptions = {
  most?: number
  isAsked?: boolean
  /** Called when a WebSocket is seen on a path for the first time; the path has no query. */
  onPath?: (path: string) => void
}

/** Collects records; `read` may be called again and again as lines come in. */
export function collectConnections({
  most = MOST_CONNECTIONS,
  isAsked = false,
  onPath = () => {},
}: CollectOptions = {}) {
  const app = collectAppConnections(most)
  const sockets = createKeep<Quoted<KeptAccess>>(most, MOST_BYTES.sockets)
  const doubtful = createKeep<Quoted<KeptAccess>>(MOST_DOUBTFUL, MOST_BYTES.doubtful)
  const notices = createKeep<Quoted<KeptNotice>>(MOST_NOTICES, MOST_BYTES.notices)
  const lifecycle = createKeep<Quoted<KeptNotice>>(MOST_LIFECYCLE, MOST_BYTES.lifecycle)
  const general = createKeep<Quoted<KeptNotice>>(MOST_LIFECYCLE, MOST_BYTES.lifecycle)
  const socketPaths = new Set<string>()
  const isRepeat = createRepeats()
  let zoneMs = 0
  let others = 0
  let dropped = 0
  let shortened = 0

  /** How many had to go for it. */
  const keep = <R extends KeptAccess | KeptNotice>(
    into: Keep<Quoted<R>>,
    record: R,
    line: string,
    place: Place | undefined,
  ): number => {
    if (line.length > LONGEST_KEPT) shortened++
    const kept = { record, line: keptText(line), ...(place && { place }) }
    return into.add(kept, bytesOf(kept.line, record.client, record.path, record.connection)).length
  }
  const addPath = (path: string | undefined) => {
    if (path === undefined || socketPaths.size >= MOST_PATHS) return
    const name = pathname(path)
    if (socketPaths.has(name)) return
    socketPaths.add(keptText(name))
    onPath(name)
  }
  const addAccess = (record: AccessRecord, line: string, place: Place | undefined) => {
    if (record.zoneMs !== undefined) zoneMs = record.zoneMs
    const judged = judgeAccess(record)
    if (judged !== 'ignored' && isRepeat(record)) return
    if (judged === 'socket') {
      addPath(record.path)
      dropped += keep(sockets, keptAccess(record), line, place)
    } else if (judged === 'doubtful') {
      keep(doubtful, keptAccess(record), line, place)
    } else others++
  }
  const addNotice = (record: NoticeRecord, line: string, place: Place | undefined) => {
    if (lifecycleSigns.has(record.sign)) keep(lifecycle, keptNotice(record), line, place)
    else if (record.sign === 'other') return
    else keep(record.client === undefined ? general : notices, keptNotice(record), line, place)
  }
  const addApp = (record: AppRecord) => {
    addPath(record.path)
    app.add(record)
  }

  return {
    add(record: LogRecord, line: string, place?: Place): void {
      if (record.kind === 'access') addAccess(record, line, place)
      else if (record.kind === 'notice') addNotice(record, line, place)
      else addApp(record)
    },
    /** A line about a plain request, which was not read for more. */
    pass({ zoneMs: zone }: { readonly zoneMs: number | undefined }): void {
      if (zone !== undefined) zoneMs = zone
      others++
    },
    isSocketPath: (path: string): boolean => socketPaths.has(path),
    read(): Connections {
      const proxied = proxyConnections({
        sockets: sockets.list,
        doubtful: doubtful.list,
        notices: notices.list,
        socketPaths,
        zoneMs,
        asked: isAsked ? { others } : undefined,
      })
      return {
        list: mergeObservers(mergeProxies(proxied), app.list()),
        lifecycle: lifecycle.list,
        general: general.list,
        dropped: dropped + app.dropped(),
        shortened,
      }
    },
  }
}

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
