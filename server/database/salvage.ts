/** What can still be read of a damaged file, newest first, copied into the fresh one: as much as stays quick. */
import type * as Sqlite from 'node:sqlite'
import { fillEnds } from '#server/database/ends.ts'

const MOST = {
  origins: 100_000,
  facts: 100,
  events: 50_000,
  reports: 500,
  report_words: 500,
  report_bodies: 500,
  watches: 1000,
  watch_losses: 10_000,
  links: 1000,
}
/** The key of each table, by which it is read from both ends: a page that is lost is lost alone. */
const KEYS = {
  origins: 'origin',
  facts: 'name',
  events: 'id',
  reports: 'number',
  report_words: 'number',
  report_bodies: 'number',
  watches: 'id',
  watch_losses: 'watch',
  links: 'key',
}

/** @param prepare makes the tables of the fresh file as they were at the version of the damaged one */
export function salvage(
  { DatabaseSync }: typeof Sqlite,
  damaged: string,
  fresh: Sqlite.DatabaseSync,
  prepare: (fresh: Sqlite.DatabaseSync, version: number) => void,
): void {
  let old: Sqlite.DatabaseSync | undefined
  try {
    old = new DatabaseSync(damaged, { readOnly: true })
    prepare(fresh, Number(old.prepare('PRAGMA user_version').get()?.user_version ?? 0))
    const tables = fresh.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    for (const [table, most] of Object.entries(MOST)) {
      if (!tables.some(({ name }) => name === table)) continue
      const key = KEYS[table as keyof typeof KEYS]
      for (const order of ['DESC', 'ASC']) copy(old, fresh, table, `ORDER BY ${key} ${order} LIMIT ${most}`)
    }
    if (tables.some(({ name }) => name === 'report_bodies')) fresh.exec(HALVES)
    if (tables.some(({ name }) => name === 'ends')) fresh.exec(fillEnds)
  } catch {
    // Nothing of it can be read.
  } finally {
    old?.close()
  }
}

/** A report without what it says, or the other way round. One without the words that it is found by is listed. */
const HALVES = `
  DELETE FROM reports WHERE number NOT IN (SELECT number FROM report_bodies);
  DELETE FROM report_bodies WHERE number NOT IN (SELECT number FROM reports);
  DELETE FROM report_words WHERE number NOT IN (SELECT number FROM reports);
  INSERT INTO report_words SELECT number, '' FROM reports WHERE number NOT IN (SELECT number FROM report_words);
`

function copy(old: Sqlite.DatabaseSync, fresh: Sqlite.DatabaseSync, table: string, rest: string): void {
  let insert: Sqlite.StatementSync | undefined
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
