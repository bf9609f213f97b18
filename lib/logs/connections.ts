/**
 * From records of any number of files to connections. Lines of several files about one connection (a proxy's
 * access and error log, the server's own events) become one.
 */
import { collectAppConnections } from '#lib/logs/app-connections.ts'
import { type LoggedConnection, pathname, type Quoted } from '#lib/logs/connection.ts'
import { forgetOldest } from '#lib/logs/forget.ts'
import { mergeObservers } from '#lib/logs/merge.ts'
import { judgeAccess, proxyConnections } from '#lib/logs/proxy-connections.ts'
import type { AccessRecord, AppRecord, LogRecord, NoticeRecord, Sign } from '#lib/logs/record.ts'

/** Connections kept in detail; beyond it the oldest are forgotten and counted in `dropped`. */
export const MOST_CONNECTIONS = 50_000
const MOST_DOUBTFUL = 20_000
const MOST_NOTICES = 50_000
const MOST_LIFECYCLE = 500
const MOST_PATHS = 1000

export type Connections = {
  list: LoggedConnection[]
  /** The proxy's or server's reloads, stops and crashes, in the order they were read. */
  lifecycle: Quoted<NoticeRecord>[]
  /** Error lines that concern no single connection, such as a backend marked down. */
  general: Quoted<NoticeRecord>[]
  /** Connections beyond the bounds. */
  dropped: number
}

const lifecycleSigns: ReadonlySet<Sign> = new Set(['reload', 'stop', 'worker-ending', 'worker-crashed'])

/** Collects records; `read` may be called again and again as lines come in. */
export function collectConnections(most = MOST_CONNECTIONS) {
  const app = collectAppConnections(most)
  const sockets: Quoted<AccessRecord>[] = []
  const doubtful: Quoted<AccessRecord>[] = []
  const notices: Quoted<NoticeRecord>[] = []
  const lifecycle: Quoted<NoticeRecord>[] = []
  const general: Quoted<NoticeRecord>[] = []
  const socketPaths = new Set<string>()
  let zoneMs = 0
  let dropped = 0

  const keep = <T>(list: Quoted<T>[], bound: number, record: T, line: string): number => {
    list.push({ record, line })
    return forgetOldest(list, bound).length
  }
  const addPath = (path: string | undefined) => {
    if (path !== undefined && socketPaths.size < MOST_PATHS) socketPaths.add(pathname(path))
  }
  const addAccess = (record: AccessRecord, line: string) => {
    if (record.zoneMs !== undefined) zoneMs = record.zoneMs
    const judged = judgeAccess(record)
    if (judged === 'socket') {
      addPath(record.path)
      dropped += keep(sockets, most, record, line)
    } else if (judged === 'doubtful') {
      keep(doubtful, MOST_DOUBTFUL, record, line)
    }
  }
  const addNotice = (record: NoticeRecord, line: string) => {
    if (lifecycleSigns.has(record.sign)) keep(lifecycle, MOST_LIFECYCLE, record, line)
    else if (record.sign === 'other') return
    else if (record.client === undefined) keep(general, MOST_LIFECYCLE, record, line)
    else keep(notices, MOST_NOTICES, record, line)
  }
  const addApp = (record: AppRecord, line: string) => {
    addPath(record.path)
    app.add(record, line)
  }

  return {
    add(record: LogRecord, line: string): void {
      if (record.kind === 'access') addAccess(record, line)
      else if (record.kind === 'notice') addNotice(record, line)
      else addApp(record, line)
    },
    read(): Connections {
      const proxied = proxyConnections({ sockets, doubtful, notices, socketPaths, zoneMs })
      return {
        list: mergeObservers(proxied, app.list()),
        lifecycle,
        general,
        dropped: dropped + app.dropped(),
      }
    },
  }
}
