/** The log: one reader of the journal, which turns events into lines. */

import { formatLine } from '#lib/protocol/log-line.ts'
import { type Config, type LogLevel, logLevels } from '#server/config/config.ts'
import type { Journal, JournalRecord } from '#server/journal/journal.ts'
import { levelOfKind } from '#server/log/levels.ts'

export interface LogOptions {
  readonly format: Config['logFormat']
  readonly level: LogLevel
  /** Takes whole lines, each with its line break. */
  readonly write: (lines: string) => void
}

/** Writes a line for every event that this process takes from now on. Returns the undo. */
export function logJournal(journal: Journal, { format, level, write }: LogOptions): () => void {
  const least = logLevels.indexOf(level)
  const isWritten = Object.fromEntries(
    Object.entries(levelOfKind).map(([kind, of]) => [kind, logLevels.indexOf(of) >= least]),
  )
  const toLine = (record: JournalRecord) => (format === 'json' ? record.json : formatLine(record.event))
  return journal.subscribeOwn((records) => {
    let lines = ''
    for (const record of records) {
      // Somebody else's server has a log of its own.
      if (record.event.service !== undefined) continue
      if (isWritten[record.event.kind]) lines += `${toLine(record)}\n`
    }
    if (lines !== '') write(lines)
  })
}
