/** Makes room in the file, a small step at a time: the oldest events go, by age, by bytes and by number. */
import type { Database } from '#server/database/database.ts'
import { removeEnds } from '#server/database/ends.ts'
import { cursorAt } from '#server/journal/cursor.ts'
import { removeTextBlocks } from '#server/journal/text-blocks.ts'

/** What is kept; what is left out is unbounded. */
export interface Keep {
  readonly ageMs?: number
  readonly bytes?: number
  readonly events?: number
}

const STEP = 2000

/** One step. @returns how many events went */
export function prune(database: Database, { ageMs, bytes, events }: Keep, nowMs: number): number {
  let gone = 0
  if (ageMs !== undefined) gone = oldest(database, STEP, cursorAt(nowMs - ageMs))
  if (gone === 0 && bytes !== undefined && database.bytes > bytes) gone = oldest(database, STEP)
  if (events !== undefined) {
    const count = Number(database.prepare('SELECT COUNT(*) AS count FROM events').get()?.count)
    if (count > events) gone += oldest(database, Math.min(STEP, count - events))
  }
  if (gone > 0) database.prepare('PRAGMA incremental_vacuum(256)').all()
  return gone
}

function oldest(database: Database, most: number, before = '~'): number {
  const last = database
    .prepare(
      'SELECT id FROM (SELECT id FROM events WHERE id < ? ORDER BY id LIMIT ?) ORDER BY id DESC LIMIT 1',
    )
    .get(before, most)?.id
  if (typeof last !== 'string') return 0
  return database.transaction(() => {
    const { changes } = database.prepare('DELETE FROM events WHERE id <= ?').run(last)
    database.prepare(removeEnds).run(last)
    database.prepare(removeTextBlocks).run(last)
    database.setFact('pruned', last)
    return Number(changes)
  })
}
