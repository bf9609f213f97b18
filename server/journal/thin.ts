/**
 * Heartbeats are most of a journal. Those older than an hour become one a minute for each connection, which says how many
 * it stands for and what their extremes were.
 */
import type { EventOf } from '#lib/protocol/events.ts'
import type { Database } from '#server/database/database.ts'
import { cursorAt, parseCursor } from '#server/journal/cursor.ts'
import { recordOf } from '#server/journal/rows.ts'
import { renewTextBlocks } from '#server/journal/text-blocks.ts'
import { jsonText } from '#server/wire/json.ts'

const FULL_RATE_MS = 3_600_000
const MINUTE_MS = 60_000
const THINNED = 'thinned'

type Heartbeat = EventOf<'heartbeat'>

/** Minute by minute, until the time is up; it goes on from there. */
export function thinHeartbeats(database: Database, nowMs: number, untilMs: number): void {
  const end = cursorAt(minuteOf(nowMs - FULL_RATE_MS))
  let from = database.fact(THINNED) ?? ''
  while (performance.now() < untilMs) {
    const next = database
      .prepare("SELECT MIN(id) AS id FROM events WHERE kind = 'heartbeat' AND id >= ? AND id < ?")
      .get(from, end)?.id
    if (typeof next !== 'string') break
    const minute = minuteOf(parseCursor(next).timeMs)
    from = cursorAt(minute + MINUTE_MS)
    thinMinute(database, cursorAt(minute), from)
  }
}

const minuteOf = (timeMs: number): number => Math.max(0, Math.floor(timeMs / MINUTE_MS) * MINUTE_MS)

function thinMinute(database: Database, from: string, to: string): void {
  const rows = database
    .prepare("SELECT json FROM events WHERE kind = 'heartbeat' AND id >= ? AND id < ? ORDER BY id")
    .all(from, to) as { json: string }[]
  const beats = rows.flatMap(recordOf).map(({ event }) => event as Heartbeat)
  const remove = database.prepare('DELETE FROM events WHERE id = ?')
  const change = database.prepare('UPDATE events SET json = ? WHERE id = ?')
  database.transaction(() => {
    for (const [first, ...others] of Map.groupBy(beats, ({ client_id }) => client_id).values()) {
      if (first === undefined || others.length === 0) continue
      for (const { id } of others) remove.run(id)
      change.run(jsonText(together([first, ...others])), first.id)
    }
    renewTextBlocks(database, from, to)
    database.setFact(THINNED, to)
  })
}

/** The first of them, for all. */
function together(beats: readonly [Heartbeat, ...Heartbeat[]]): Heartbeat {
  const [first] = beats
  return {
    ...first,
    beats: beats.reduce((sum, { beats: count = 1 }) => sum + count, 0),
    rtt_min_ms: Math.min(...beats.map(({ rtt_ms, rtt_min_ms = rtt_ms }) => rtt_min_ms)),
    rtt_max_ms: Math.max(...beats.map(({ rtt_ms, rtt_max_ms = rtt_ms }) => rtt_max_ms)),
  }
}
