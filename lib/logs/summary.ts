/** Reads lines one by one and says what they tell together. No line is kept beyond the bounds of `connections.ts`. */
import type { KeptNotice, LoggedConnection, Quoted } from '#lib/logs/connection.ts'
import { collectConnections } from '#lib/logs/connections.ts'
import { keptText } from '#lib/logs/keep.ts'
import { parseLine, type ReadOptions } from '#lib/logs/line.ts'
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
  /** Lines too long to be kept whole: read, and quoted in part. */
  shortened: number
}

const MOST_UNREAD = 5
const UNREAD_LENGTH = 200

export type LogReader = {
  /** Takes one line; undefined when no parser understood it. @param year for stamps without one; else that of the reader's options */
  read: (line: string, year?: number) => LogRecord | undefined
  summary: () => LogSummary
}

export function createLogReader(options: ReadOptions = {}): LogReader {
  const collector = collectConnections({ isAsked: options.isAsked === true })
  const formats = new Map<LineFormat, number>()
  const unread: string[] = []
  let lines = 0
  let understood = 0

  return {
    read(line, year = options.year) {
      lines++
      const record = parseLine(line, { ...options, year })
      if (record === undefined) {
        if (unread.length < MOST_UNREAD && line.trim() !== '')
          unread.push(keptText(line.slice(0, UNREAD_LENGTH)))
        return undefined
      }
      understood++
      formats.set(record.format, (formats.get(record.format) ?? 0) + 1)
      collector.add(record, line)
      return record
    },
    summary() {
      const { list, lifecycle, general, dropped, shortened } = collector.read()
      return {
        lines,
        understood,
        formats: new Map([...formats].sort(([, a], [, b]) => b - a)),
        connections: list,
        lifecycle,
        general,
        troubles: troublesOf(list),
        codes: tally(list.map(({ code }) => code)),
        statuses: tally(list.map(({ outcome, status }) => (outcome === 'refused' ? status : undefined))),
        unread: [...unread],
        dropped,
        shortened,
      }
    },
  }
}

/** Connections that ended or were refused: what the lines can be asked about. */
export function finished(summary: LogSummary): LoggedConnection[] {
  return summary.connections.filter(({ outcome }) => outcome !== 'open')
}

function tally(values: readonly (number | undefined)[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  return new Map([...counts].sort(([, a], [, b]) => b - a))
}
