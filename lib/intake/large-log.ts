/**
 * A log that is larger than what is read as text: read as bytes, piece by piece, and told as evidence at any time. Of it the
 * lines of logs are understood, and nothing else that a person may bring.
 */
import type { Evidence } from '#lib/evidence/schema.ts'
import { evidenceFromLogs } from '#lib/intake/from-logs.ts'
import { createPieces, type SourceReading } from '#lib/intake/pieces.ts'
import { formatNames } from '#lib/logs/record.ts'
import { createLogScanner, type Progress, type ScannedFile } from '#lib/logs/scanner.ts'
import { sentence } from '#lib/text/foreign.ts'

/** What was made of large logs so far. */
export type LargeLogs = { evidence: Evidence; read: SourceReading[] }

/** Reads several, which may be about the same connections. */
export function createLargeLogs() {
  const scanner = createLogScanner()
  const files: string[] = []
  return {
    /** @throws EndlessLine when pushed what has no lines */
    open(file: string): ScannedFile {
      files.push(file)
      return scanner.open(file)
    },
    progress: (): Progress => scanner.progress(),
    tell(): LargeLogs {
      const summary = scanner.summary()
      const pieces = createPieces(files.join(', '))
      for (const [format, count] of summary.formats)
        pieces.add({
          kind: 'access-log',
          program: format,
          lines: [1, summary.lines],
          count,
          says: sentence`lines of ${formatNames[format]}`,
        })
      return {
        evidence: summary.understood === 0 ? {} : evidenceFromLogs(summary),
        read: [{ ...pieces.read(), unread_count: summary.lines - summary.understood }],
      }
    },
  }
}
