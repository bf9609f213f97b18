/** The tables, by version: a file at version n gets the steps from n on. A step that was released is never changed. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE origins (origin TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE events (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, client_id TEXT, trace TEXT, json TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX events_by_kind ON events (kind, id);
  CREATE INDEX events_by_client ON events (client_id, id) WHERE client_id IS NOT NULL;
  CREATE INDEX events_by_trace ON events (trace, id) WHERE trace IS NOT NULL;
  CREATE TABLE reports (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created REAL NOT NULL, updated REAL, url TEXT,
    leading TEXT NOT NULL, judged BLOB NOT NULL, bytes INTEGER NOT NULL
  );
  CREATE INDEX reports_by_url ON reports (url, number);
  `,
]
