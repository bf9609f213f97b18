/** Counts lines, understood or not, and collects what they say. */
import type { KeptNotice, LoggedConnection, Place, Quoted } from '#lib/logs/connection.ts'
import { type CollectOptions, collectConnections } from '#lib/logs/connections.ts'
import { keptText } from '#lib/logs/keep.ts'
import type { LineFormat, LogRecord } from '#lib/logs/record.ts'
import { type TroubleGroup, troublesOf } from '#lib/logs/trouble.ts'

export type LogSummary = {
  lines: number
  /** Lines that a parser took as its own. */
  understood: number
  formats: Map<LineFormat, number>
  connections: LoggedConnection[]
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
  /** Older connections beyond the bounds: counted, not judged. */
  dropped: number
  /** Lines about plain requests, known by their bytes and only counted. */
  skimmed: number
  /** Lines too long to be kept whole: read, and quoted in part. */
  shortened: number
}

const MOST_UNREAD = 5
const UNREAD_LENGTH = 200

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
    lines: () => lines,
    summary(): LogSummary {
      const { list, lifecycle, general, dropped, shortened } = collector.read()
      return {
        lines,
        understood,
        formats: new Map([...formats].sort(([, a], [, b]) => b - a)),
        connections: list,
        lifecycle,
        general,
        troubles: troublesOf(list),
        codes: countsOf(list.map(({ code }) => code)),
        statuses: countsOf(list.map(({ outcome, status }) => (outcome === 'refused' ? status : undefined))),
        unread: [...unread],
        dropped,
        skimmed: 0,
        shortened,
      }
    },
  }
}

function countsOf(values: readonly (number | undefined)[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  return new Map([...counts].sort(([, a], [, b]) => b - a))
}
