/** What is being watched, in the file that the journal is in: it stays across restarts. */
import type { Database } from '#server/database/database.ts'
import { MOST_LOSSES, type WatchStore } from '#server/watch/store.ts'

export function createFileWatches(database: Database): WatchStore {
  return {
    isLasting: true,
    list: () =>
      database
        .prepare('SELECT json FROM watches ORDER BY created DESC, id')
        .all()
        .flatMap(({ json }) => parsed(json)),
    put: (record) => {
      database
        .prepare('INSERT INTO watches VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json')
        .run(record.id, record.created, JSON.stringify(record))
    },
    losses: (id) =>
      database
        .prepare('SELECT json FROM watch_losses WHERE watch = ? ORDER BY at')
        .all(id)
        .flatMap(({ json }) => parsed(json)),
    putLoss: (id, loss) => {
      database.transaction(() => {
        database
          .prepare(
            'INSERT INTO watch_losses VALUES (?, ?, ?) ON CONFLICT (watch, at) DO UPDATE SET json = excluded.json',
          )
          .run(id, loss.at, JSON.stringify(loss))
        database
          .prepare(
            `DELETE FROM watch_losses WHERE watch = ? AND at <= (
              SELECT at FROM watch_losses WHERE watch = ? ORDER BY at DESC LIMIT 1 OFFSET ${MOST_LOSSES})`,
          )
          .run(id, id)
      })
    },
    remove: (id) => {
      database.transaction(() => {
        for (const table of ['watches WHERE id', 'watch_losses WHERE watch']) {
          database.prepare(`DELETE FROM ${table} = ?`).run(id)
        }
      })
    },
  }
}

/** None where the disk changed it. */
function parsed(json: unknown) {
  try {
    return [JSON.parse(String(json))]
  } catch {
    return []
  }
}
