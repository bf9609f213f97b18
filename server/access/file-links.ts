/** Links for colleagues in the file that the journal is in: they stay across restarts. */
import type { LinkRecord, LinkStore } from '#server/access/link-store.ts'
import type { Database } from '#server/database/database.ts'

export function createFileLinks(database: Database): LinkStore {
  return {
    add: async (record) => {
      database
        .prepare('INSERT INTO links VALUES (?, ?, ?, ?)')
        .run(record.key, record.id, record.createdMs, JSON.stringify(record))
    },
    get: async (key) => parsed(database.prepare('SELECT json FROM links WHERE key = ?').get(key)?.json)[0],
    list: async () =>
      database
        .prepare('SELECT json FROM links ORDER BY created DESC, id DESC')
        .all()
        .flatMap(({ json }) => parsed(json)),
    remove: async (id) => database.prepare('DELETE FROM links WHERE id = ?').run(id).changes > 0,
  }
}

/** None where the disk changed it. */
function parsed(json: unknown): LinkRecord[] {
  try {
    return [JSON.parse(String(json))]
  } catch {
    return []
  }
}
