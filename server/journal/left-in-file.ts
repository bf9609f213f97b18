/** What the last run left in the file, where it ended without closing it: connections without an end. */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { Database } from '#server/database/database.ts'
import { isCursor, parseCursor } from '#server/journal/cursor.ts'
import type { EventDraft } from '#server/journal/journal.ts'
import { endLeftOpen, openedBy } from '#server/journal/left-open.ts'
import { recordOf } from '#server/journal/rows.ts'

/** A fact of the file: a run is going on, or ended in order. */
const RUN = 'run'

/** To be called at the start of a run, before it writes. @returns the ends that the run before could not tell */
export function beginRun(database: Database): EventDraft[] {
  const hasEnded = database.fact(RUN) === 'ended'
  database.setFact(RUN, 'begun')
  return hasEnded ? [] : endsOfLastRun(database)
}

export const endRun = (database: Database): void => database.setFact(RUN, 'ended')

function endsOfLastRun(database: Database): EventDraft[] {
  const last = database.prepare('SELECT MAX(id) AS id FROM events').get()?.id
  if (typeof last !== 'string' || !isCursor(last)) return []
  const lastSignMs = parseCursor(last).timeMs
  const start = lastStart(database)
  const rows = database
    .prepare(
      `SELECT json FROM events WHERE kind = 'accepted' AND id >= ? AND client_id NOT IN (
         SELECT client_id FROM ends WHERE id >= ? AND client_id IS NOT NULL) ORDER BY id`,
    )
    .all(start, start) as { json: string }[]
  return rows.flatMap((row) =>
    recordOf(row).flatMap(({ event }) => {
      const opened = openedBy(event)
      return opened ? [endLeftOpen(opened, { instance: event.instance, lastSignMs, hasEnded: true })] : []
    }),
  )
}

/** Where the last run began; of those before it nothing is open. */
function lastStart(database: Database): string {
  const states = database.prepare("SELECT id, json FROM events WHERE kind = 'server' ORDER BY id DESC")
  for (const row of states.iterate()) {
    const { id, json } = row as { id: string; json: string }
    if (recordOf({ json }).some(({ event }) => isStart(event))) return id
  }
  return ''
}

const isStart = (event: DiagnosticEvent): boolean => event.kind === 'server' && event.state === 'started'
