/** Reads lines one by one and says what they tell together. No line is kept beyond the bounds of `connections.ts`. */
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { parseLine, type ReadOptions } from '#lib/logs/line.ts'
import type { LineMemory, LogRecord } from '#lib/logs/record.ts'
import { createTally, type LogSummary } from '#lib/logs/tally.ts'

export type { LogSummary } from '#lib/logs/tally.ts'

export type LogReader = {
  /** Takes one line; undefined when no parser understood it. @param year for stamps without one; else that of the reader's options */
  read: (line: string, year?: number) => LogRecord | undefined
  summary: () => LogSummary
}

/** @param options `most` is how many connections are known in detail; the others are counted */
export function createLogReader(options: ReadOptions & { most?: number } = {}): LogReader {
  const memory: LineMemory = {}
  const tally = createTally({
    isAsked: options.isAsked === true,
    ...(options.most !== undefined && { most: options.most }),
  })
  return {
    read(line, year = options.year) {
      const record = parseLine(line, { memory, ...options, year })
      if (record === undefined) tally.miss(line)
      else tally.take(record, line)
      return record
    },
    summary: tally.summary,
  }
}

/** Connections that ended or were refused: what the lines can be asked about. */
export function finished(summary: LogSummary): LoggedConnection[] {
  return summary.connections.filter(({ outcome }) => outcome !== 'open')
}
