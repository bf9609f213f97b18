/** Counts lines, understood or not, and collects what they say. */
import type { KeptNotice, LoggedConnection, Place, Quoted } from '#lib/logs/connection.ts'
import { type CollectOptions, type ConnectionsData, collectConnections } from '#lib/logs/connections.ts'
import { keptText } from '#lib/logs/keep.ts'
import type { LifetimeReading } from '#lib/logs/lifetimes.ts'
import type { LineFormat, LogRecord } from '#lib/logs/record.ts'
import type { TroubleGroup } from '#lib/logs/trouble.ts'

export type LogSummary = {
  lines: number
  /** Lines that a parser took as its own. */
  understood: number
  formats: Map<LineFormat, number>
  /** All of them; where there are very many, the newer ones and an even choice of the others. */
  connections: LoggedConnection[]
  /** All of them, counted; `open` are those that no line ends. */
  counts: { ended: number; refused: number; open: number }
  /** The histograms of all that ended. */
  reading: LifetimeReading
  /** Reloads, stops and crashes. */
  lifecycle: readonly Quoted<KeptNotice>[]
  general: readonly Quoted<KeptNotice>[]
  troubles: TroubleGroup[]
  /** How often each close code is stated. */
  codes: Map<number, number>
  /** How often each status refused a handshake. */
  statuses: Map<number, number>
  /** The first few lines that no parser took, shortened. */
  unread: string[]
  /** Lines about plain requests, known by their bytes and only counted. */
  skimmed: number
  /** Connections beyond the path or the time that was asked about. */
  leftOut: number
  /** Lines too long to be kept whole: read, and quoted in part. */
  shortened: number
}

const MOST_UNREAD = 5
const UNREAD_LENGTH = 200

/** As plain data, which a thread can hand to another. */
export type TallyData = {
  lines: number
  understood: number
  formats: Map<LineFormat, number>
  unread: string[]
  connections: ConnectionsData
}

/** Lines may be counted and collected apart: a line that was counted may turn out to matter later. */
export function createTally(options: CollectOptions) {
  const collector = collectConnections(options)
  const formats = new Map<LineFormat, number>()
  const unread: string[] = []
  let lines = 0
  let understood = 0
  const count = (format: LineFormat) => {
    lines++
    understood++
    formats.set(format, (formats.get(format) ?? 0) + 1)
  }

  return {
    /** A line that a parser took as its own. */
    take(record: LogRecord, line: string, place?: Place): void {
      count(record.format)
      collector.add(record, line, place)
    },
    /** A line that no parser took. */
    miss(line: string): void {
      lines++
      if (unread.length < MOST_UNREAD && line.trim() !== '')
        unread.push(keptText(line.slice(0, UNREAD_LENGTH)))
    },
    /** A line about a plain request. */
    pass(form: { readonly format: LineFormat; readonly zoneMs: number | undefined }): void {
      count(form.format)
      collector.pass(form)
    },
    /** What a line says that was counted before. */
    collect: collector.add,
    isSocketPath: collector.isSocketPath,
    paths: collector.paths,
    zoneMs: collector.zoneMs,
    learn: collector.learn,
    lines: () => lines,
    data: (): TallyData => ({ lines, understood, formats, unread, connections: collector.data() }),
    /** What another one counted in lines behind those that were read here. */
    absorb(data: TallyData): void {
      lines += data.lines
      understood += data.understood
      for (const [format, count] of data.formats) formats.set(format, (formats.get(format) ?? 0) + count)
      unread.push(...data.unread.slice(0, MOST_UNREAD - unread.length))
      collector.absorb(data.connections)
    },
    summary(): LogSummary {
      const { list, totals, lifecycle, general, shortened, leftOut } = collector.read()
      return {
        lines,
        understood,
        formats: byCount(formats),
        connections: list,
        counts: { ended: totals.ended, refused: totals.refused, open: totals.open },
        reading: totals.reading,
        lifecycle,
        general,
        troubles: totals.troubles(),
        codes: byCount(totals.codes),
        statuses: byCount(totals.statuses),
        unread: [...unread],
        skimmed: 0,
        leftOut,
        shortened,
      }
    },
  }
}

const byCount = <T>(counts: ReadonlyMap<T, number>): Map<T, number> =>
  new Map([...counts].sort(([, a], [, b]) => b - a))
