/** What can still be read of a damaged file, newest first, copied into the fresh one: as much as stays quick. */
import { DatabaseSync, type StatementSync } from 'node:sqlite'

const MOST = { origins: 100_000, facts: 100, events: 50_000, reports: 500 }
/** The key of each table, by which it is read from both ends: a page that is lost is lost alone. */
const KEYS = { origins: 'origin', facts: 'name', events: 'id', reports: 'number' }

export function salvage(damaged: string, fresh: DatabaseSync): void {
  let old: DatabaseSync | undefined
  try {
    old = new DatabaseSync(damaged, { readOnly: true })
    for (const [table, most] of Object.entries(MOST)) {
      const key = KEYS[table as keyof typeof KEYS]
      for (const order of ['DESC', 'ASC']) copy(old, fresh, table, `ORDER BY ${key} ${order} LIMIT ${most}`)
    }
  } catch {
    // Nothing of it can be read.
  } finally {
    old?.close()
  }
}

function copy(old: DatabaseSync, fresh: DatabaseSync, table: string, rest: string): void {
  let insert: StatementSync | undefined
  fresh.exec('BEGIN')
  try {
    for (const row of old.prepare(`SELECT * FROM ${table} ${rest}`).iterate()) {
      const values = Object.values(row)
      insert ??= fresh.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${values.map(() => '?').join(', ')})`)
      insert.run(...values)
    }
  } catch {
    // The damage begins here.
  }
  fresh.exec('COMMIT')
}
